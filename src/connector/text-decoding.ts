// Bytes of a file as text, whatever program wrote it: a byte order mark decides, else UTF-8, else windows-1252.
// Streams: as long as all was ASCII the two read the same, so the first other bytes settle it without a second look. A
// file that mixes both is refused with the line rather than garbled.
import {isAscii, isUtf8} from 'node:buffer';
import {MusterError} from '../errors.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type Decoded = {
  /** Pieces of at most 64 kB of the file each, so that whoever parses them stays responsive. */
  readonly text: AsyncIterable<string>;
  /** As known so far; certain once the text is read to its end. */
  encoding(): Encoding;
};

const pieceBytes = 64 * 1024;
const nothing = Buffer.alloc(0);
const marks: readonly (readonly [Encoding, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];
/** What people upload by mistake: workbooks (zip, the old format), PDF. */
const otherFormats = ['504b0304', 'd0cf11e0', '25504446'].map(hex => Buffer.from(hex, 'hex'));
// A character of UTF-8 outside ASCII, seen byte by byte. Two such bytes in a row mean nothing in windows-1252.
const utf8Character = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/;

export function decodeText(content: AsyncIterable<Uint8Array>, maxBytes: number): Decoded {
  let encoding: Encoding = 'utf-8';
  async function* decode(): AsyncGenerator<string> {
    const bytes = pieces(content, maxBytes);
    const start = await atLeast(bytes, 4);
    if (start.length === 0) return;
    if (otherFormats.some(format => start.subarray(0, 4).equals(format))) throw notText(1);
    const mark = marks.find(([, bom]) => start.subarray(0, bom.length).equals(bom));
    encoding = mark?.[0] ?? 'utf-8';
    const rest = prepend(start.subarray(mark?.[1].length ?? 0), bytes);
    if (encoding !== 'utf-8') yield* decodeUtf16(rest, encoding);
    else yield* decodeBytes(rest, mark !== undefined, () => (encoding = 'windows-1252'));
  }
  return {text: decode(), encoding: () => encoding};
}

async function* decodeUtf16(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, {fatal: true});
  let line = 1;
  try {
    for await (const piece of bytes) {
      const text = decoder.decode(piece, {stream: true});
      line += newlines(Buffer.from(text));
      yield text;
    }
    yield decoder.decode();
  } catch (error) {
    // TypeError is what a fatal decoder throws; anything else is the reader's or the file's own error.
    throw error instanceof TypeError ? notText(line, error) : error;
  }
}

async function* decodeBytes(
  bytes: AsyncIterable<Buffer>,
  certainlyUtf8: boolean,
  foundWindows: () => void,
): AsyncGenerator<string> {
  const windows = new TextDecoder('windows-1252');
  let known: Encoding | undefined = certainlyUtf8 ? 'utf-8' : undefined;
  let carry: Buffer = nothing;
  let line = 1;
  for await (const piece of bytes) {
    const block = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
    const cut = known === 'windows-1252' ? 0 : cutLength(block);
    let whole = block.subarray(0, block.length - cut);
    carry = block.subarray(block.length - cut);
    if (known !== 'windows-1252' && !isAscii(whole)) {
      if (isUtf8(whole)) known = 'utf-8';
      else if (known === undefined && !utf8Character.test(whole.toString('latin1'))) {
        known = 'windows-1252';
        foundWindows();
        whole = block;
        carry = nothing;
      } else throw notText(line + newlines(whole.subarray(0, firstBroken(whole))));
    }
    yield known === 'windows-1252' ? windows.decode(whole) : whole.toString('utf8');
    line += newlines(whole);
  }
  if (carry.length === 0) return;
  if (known === 'utf-8') throw notText(line);
  foundWindows();
  yield windows.decode(carry);
}

async function* pieces(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Buffer> {
  let sizeBytes = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new MusterError('file.too_large', {params: {limit: `${Math.round(maxBytes / 1e6)} MB`}});
    }
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    for (let at = 0; at < buffer.length; at += pieceBytes) yield buffer.subarray(at, at + pieceBytes);
  }
}

/** The beginning, long enough to tell what it is, however small the first pieces are. */
async function atLeast(bytes: AsyncGenerator<Buffer>, length: number): Promise<Buffer> {
  let start: Buffer = nothing;
  while (start.length < length) {
    const next = await bytes.next();
    if (next.done) break;
    start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  return start;
}

async function* prepend(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* rest;
}

/** How many bytes at the end are the beginning of a UTF-8 character that goes on in the next piece: 0 to 3. */
function cutLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Where the first byte stands up to which the text is not UTF-8, within 64 bytes; only asked for on the way to an error. */
function firstBroken(bytes: Buffer): number {
  let at = 0;
  for (let end = 64; end < bytes.length; end += 64) {
    if (!isUtf8(bytes.subarray(0, end - cutLength(bytes.subarray(0, end))))) return at;
    at = end - 64;
  }
  return at;
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

const notText = (line: number, cause?: unknown) => new MusterError('file.not_text', {params: {line}, cause});
