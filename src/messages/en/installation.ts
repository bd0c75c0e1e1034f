// Texts of the installation itself: its environment, requests to the API, signing in. Rules in ../en.ts.
import type {Message} from '../text.ts';

export const installationEn = {
  // the process and its environment
  'config.invalid': {
    text: 'The settings of this installation are not complete: {problems}',
    hint: 'Correct each setting named, then start again.',
    owner: 'support',
  },
  'database.unreachable': {
    text: 'The database at {address} does not answer.',
    hint: 'Start it, or correct DATABASE_URL; without DATABASE_URL Muster brings its own.',
    owner: 'support',
  },
  'database.credentials_rejected': {
    text: 'The database at {address} refused the user name or password.',
    hint: 'Correct them in DATABASE_URL.',
    owner: 'support',
  },
  'database.missing': {
    text: 'The server at {address} has no database named {name}.',
    hint: 'Create it, or correct DATABASE_URL.',
    owner: 'support',
  },
  'database.too_old': {
    text: 'PostgreSQL {version} is too old; version 15 or later is needed.',
    hint: 'Upgrade the server, or leave DATABASE_URL out to use the one Muster brings.',
    owner: 'support',
  },
  'database.read_only': {
    text: 'The database only allows reading.',
    hint: 'Point DATABASE_URL at the primary server, not at a replica.',
    owner: 'support',
  },
  'database.encoding': {
    text: 'The database stores text as {encoding}; UTF8 is needed.',
    hint: 'Create a database with encoding UTF8 and name it in DATABASE_URL.',
    owner: 'support',
  },
  'database.role_unsafe': {
    text: 'The database user may see every company and cannot step down to the role muster_app.',
    hint: 'Let it create roles, or create muster_app and grant it to that user.',
    owner: 'support',
  },
  'database.schema_newer': {
    text: 'The database belongs to a newer Muster (schema {found}, this one knows {known}).',
    hint: 'Start the newer Muster.',
    owner: 'support',
  },
  'database.migration_edited': {
    text: 'Migration {name} is not the one that this database was made with.',
    hint: 'Restore the original file; changes go into a new migration.',
    owner: 'support',
  },
  'database.start_failed': {
    text: 'The built-in PostgreSQL did not start: {reason}',
    hint: 'Look at {log}, or set DATABASE_URL to a server of your own.',
    owner: 'support',
  },
  'database.platform_unsupported': {
    text: 'There is no built-in PostgreSQL for {platform}.',
    hint: 'Set DATABASE_URL to a PostgreSQL server, version 15 or later.',
    owner: 'support',
  },
  'database.busy': {
    text: 'The database is starting up or out of connections.',
    hint: 'Wait a moment; Muster tries again by itself.',
    owner: 'nobody',
  },

  // requests
  'request.invalid': {
    text: 'The request has values that do not fit.',
    hint: 'Correct the fields named under issues.',
    owner: 'source',
  },
  'request.not_json': {
    text: 'The request body is not valid JSON.',
    hint: 'Send one JSON document with content type application/json.',
    owner: 'source',
  },
  'request.too_large': {
    text: 'The request is larger than {limit}.',
    hint: 'Send it in smaller parts.',
    owner: 'source',
  },
  'request.unauthenticated': {
    text: 'You are not signed in.',
    hint: 'Sign in, or send a valid API key as "Authorization: Bearer …".',
    owner: 'source',
  },
  'request.forbidden': {
    text: 'Your role ({role}) does not allow this.',
    hint: 'Ask an owner or admin of the company.',
    owner: 'admin',
  },
  'request.cross_site': {
    text: 'This request came from another site.',
    hint: 'Open Muster itself and try there.',
    owner: 'nobody',
  },
  'request.not_found': {
    text: 'There is no such {what} in this company.',
    hint: 'Check the id; it may have been deleted.',
    owner: 'source',
  },
  'request.conflict': {
    text: 'The {what} was changed by someone else in the meantime.',
    hint: 'Load it again and repeat the change.',
    owner: 'source',
  },
  'request.key_reused': {
    text: 'This Idempotency-Key was used before with different content.',
    hint: 'Use a new key for a new request.',
    owner: 'source',
  },
  'request.unanswered': {
    text: 'A request with this Idempotency-Key is still being worked on.',
    hint: 'Send it again in a moment, with the same key.',
    owner: 'source',
  },
  'request.rate_limited': {text: 'Too many requests.', hint: 'Wait {seconds} seconds.', owner: 'source'},
  'request.media_type': {
    text: 'The content type {found} is not accepted here.',
    hint: 'Send {wanted}.',
    owner: 'source',
  },

  // what is wrong with a field of a request; who calls the API reads them
  'field.required': {text: '{field} is needed.', hint: 'Add it.', owner: 'source'},
  'field.unknown': {text: '{field} is not known here.', hint: 'Correct the name, or leave it out.', owner: 'source'},
  'field.type': {text: '{field} must be {wanted}.', hint: 'Correct it.', owner: 'source'},
  'field.choice': {text: '{field} must be one of: {wanted}.', hint: 'Choose one of them.', owner: 'source'},
  'field.format': {text: '{field} is not {wanted}.', hint: 'Correct it.', owner: 'source'},
  'field.too_short': {text: '{field}: {limit} {unit} at least.', hint: 'Make it longer.', owner: 'source'},
  'field.too_long': {text: '{field}: {limit} {unit} at most.', hint: 'Make it shorter.', owner: 'source'},
  'field.too_small': {text: '{field} must be {limit} or more.', hint: 'Correct it.', owner: 'source'},
  'field.too_big': {text: '{field} must be {limit} or less.', hint: 'Correct it.', owner: 'source'},
  'field.too_deep': {text: '{field} is nested more than {limit} deep.', hint: 'Make it flatter.', owner: 'source'},
  'field.cron_count': {
    text: '{field} needs five parts: minute, hour, day of the month, month and weekday, such as 0 7 * * 1-5.',
    hint: 'Write all five, with * for every.',
    owner: 'source',
  },
  'field.cron_part': {
    text: '{field}: the {part} must be {wanted}; 0 7 * * 1-5 is weekdays at 07:00.',
    hint: 'Correct that part.',
    owner: 'source',
  },
  'field.cron_never': {
    text: '{field} names a day that no month has; the last day of each month is 0 7 L * *.',
    hint: 'Choose another day or month.',
    owner: 'source',
  },
  'field.zone': {
    text: '{field} must be the name of a time zone, such as Pacific/Auckland or Europe/Berlin.',
    hint: 'Choose one from the list of IANA time zones.',
    owner: 'source',
  },

  // sign-in
  'sign_in.link_invalid': {
    text: 'This link was used before or is too old.',
    hint: 'Start Muster again to have a new one printed.',
    owner: 'admin',
  },
  'sign_in.failed': {
    text: 'E-mail address and password do not match.',
    hint: 'Try again, or have the password reset.',
    owner: 'source',
  },

  // ours
  'bug.unexpected': {
    text: 'Something went wrong inside Muster.',
    hint: 'Tell support the request id.',
    owner: 'support',
  },
} as const satisfies Record<string, Message>;
