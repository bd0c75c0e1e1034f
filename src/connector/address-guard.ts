// Keeps outgoing connections away from private networks. Every new socket is checked on the addresses that it would
// really be opened to, so literals in disguise, names with mixed answers and names that change between look-ups all
// end here. A `lookup` alone would not do: undici never calls it for IP literals (docs/decisions).
import {type LookupAddress, type LookupOptions, lookup as systemLookup} from 'node:dns';
import {BlockList, isIP, type LookupFunction} from 'node:net';
import {buildConnector} from 'undici';
import {MusterError} from '../errors.ts';

/** Private hosts that this installation may reach: names, addresses and CIDRs of MUSTER_ALLOW_PRIVATE_HOSTS. */
export type PrivateHosts = {readonly names: ReadonlySet<string>; readonly blocks: BlockList};

export type AddressGuard = {
  readonly connectionName: string;
  /** The host of the connection's own settings: the only one that may be private. */
  readonly ownHost: string;
  readonly privateHosts: PrivateHosts;
  /** The system's by default; always asked for all addresses. */
  readonly lookup?: Lookup;
};

export type Lookup = (
  hostname: string,
  options: LookupOptions & {all: true},
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

// IANA special-purpose registries for IPv4 and IPv6; `::ffff:0:0/96` is judged by the IPv4 address inside it.
const privateRanges = blockList(
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 ' +
    '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 ' +
    '2002::/16 3fff::/20 fc00::/7 fec0::/10',
);
// Never meant by a host's name: metadata services, broadcast, multicast. Only an address or CIDR in the list opens them.
const neverByName = blockList('169.254.0.0/16 224.0.0.0/4 240.0.0.0/4 fe80::/10 ff00::/8 fd00:ec2::254/128');

export function parsePrivateHosts(entries: readonly string[]): PrivateHosts {
  const names = new Set<string>();
  const blocks = new BlockList();
  for (const entry of entries.map(text => plainHost(text.trim())).filter(text => text !== '')) {
    const [address = '', prefix] = entry.split('/');
    if (isIP(address) === 0 && prefix === undefined && /^[a-z0-9_.-]+$/.test(entry)) names.add(entry);
    else if (!addBlock(blocks, address, prefix)) {
      throw new MusterError('config.invalid', {params: {problems: `${entry} is neither a host nor a network (CIDR)`}});
    }
  }
  return {names, blocks};
}

/** Whether the guard lets a socket be opened to this address for that host. */
export function isAllowed(guard: AddressGuard, hostname: string, address: string): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const special = neverByName.check(address, family);
  if (!special && !privateRanges.check(address, family)) return true;
  if (plainHost(hostname) !== plainHost(guard.ownHost)) return false;
  return (
    guard.privateHosts.blocks.check(address, family) || (!special && guard.privateHosts.names.has(plainHost(hostname)))
  );
}

/** A connect function for undici that opens sockets to allowed addresses only. */
export function createGuardedConnect(guard: AddressGuard, timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({allowH2: false, timeout: timeoutMs, lookup: guardedLookup(guard)});
  return (options, callback) => {
    const address = plainHost(options.hostname);
    if (isIP(address) !== 0 && !isAllowed(guard, address, address)) return callback(refusal(guard, address), null);
    connect(options, callback);
  };
}

function guardedLookup(guard: AddressGuard): LookupFunction {
  const lookup: Lookup = guard.lookup ?? systemLookup;
  return (hostname, options, done) => {
    lookup(hostname, {...options, all: true}, (error, addresses) => {
      if (error) return done(error, [], 0);
      const [first] = addresses;
      // One private address among public ones is enough: which of them would be tried is not ours to say.
      if (!first || addresses.some(({address}) => !isAllowed(guard, hostname, address))) {
        return done(refusal(guard, hostname), [], 0);
      }
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

const refusal = (guard: AddressGuard, host: string) =>
  new MusterError('connection.address_refused', {params: {connection: guard.connectionName, host}, sent: false});

/** Without brackets, the root dot and capitals. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\](?=$|\/)/g, '')
    .replace(/\.$/, '');
}

function blockList(ranges: string): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(' ')) {
    const [address = '', prefix] = range.split('/');
    addBlock(list, address, prefix);
  }
  return list;
}

function addBlock(list: BlockList, address: string, prefix: string | undefined): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const bits = family === 6 ? 128 : 32;
  const wanted = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : bits + 1;
  if (wanted > bits) return false;
  list.addSubnet(address, wanted, family === 6 ? 'ipv6' : 'ipv4');
  return true;
}
