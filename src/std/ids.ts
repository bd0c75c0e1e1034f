// Ids: a prefix that says the kind, then 22 characters that sort by time (Crockford base32: 48 bits of milliseconds,
// 60 bits that start random in each millisecond and count up inside it). Ids made by one process always sort in the
// order in which they were made; the database compares them with collate "C".
import {randomBytes} from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const timeLength = 10;
const tailLength = 12;

export type IdPrefix =
  | 'co'
  | 'usr'
  | 'mem'
  | 'key'
  | 'con'
  | 'sec'
  | 'syn'
  | 'sch'
  | 'run'
  | 'per'
  | 'rec'
  | 'lnk'
  | 'evt'
  | 'cal'
  | 'fil'
  | 'aud'
  | 'req';

let lastMs = -1;
let tail = 0n;

/** A new id such as `evt_01jd…`, greater than every id this process made before. */
export function newId(prefix: IdPrefix): string {
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    tail = randomBytes(8).readBigUInt64BE() >> 5n; // 59 bits, so that counting up never overflows 60
  } else {
    tail += 1n;
  }
  return `${prefix}_${base32(BigInt(lastMs), timeLength)}${base32(tail, tailLength)}`;
}

/** The smallest id of that kind that could be made at `at`: the bound for ranges and partitions. */
export function idFloor(prefix: IdPrefix, at: Date): string {
  return `${prefix}_${base32(BigInt(at.getTime()), timeLength)}${'0'.repeat(tailLength)}`;
}

function base32(value: bigint, length: number): string {
  let text = '';
  for (let rest = value, at = 0; at < length; at++, rest >>= 5n) text = alphabet.charAt(Number(rest & 31n)) + text;
  return text;
}
