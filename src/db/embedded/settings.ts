// The server's settings, given on its command line at each start so that they follow the version of Muster.
// Where they come from: measurements in the research on embedded PostgreSQL, and PostgreSQL's manual, chapter 20.

const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  // The log must not hold people. Errors quote values, and statements hold them: both go to the client alone.
  // 'log' keeps start, stop, crashes and recovery, and leaves out warnings and errors of statements.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_lock_waits: 'off',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  shared_buffers: '256MB',
  max_connections: '60',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  random_page_cost: '1.1',
  autovacuum_naptime: '5s',
  jit: 'off',
} as const;

/** For tests: nothing survives a power cut, and several test processes share the sessions. */
const ephemeralSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '64MB',
  max_connections: '120',
} as const;

/** The `-c name=value` options as one text, quoted for the shell through which pg_ctl passes them on. */
export function serverOptions(socketDir: string, durability: 'durable' | 'ephemeral'): string {
  const extra = durability === 'ephemeral' ? ephemeralSettings : {};
  const all = {...settings, ...extra, unix_socket_directories: quoteListItem(socketDir)};
  return Object.entries(all)
    .map(([name, value]) => `-c ${shellQuote(`${name}=${value}`)}`)
    .join(' ');
}

/** The setting is a list: commas and blanks in a path would end an item. */
function quoteListItem(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
