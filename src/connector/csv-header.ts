// The beginning of a CSV file: which character separates the columns. Told from the header line alone and then fixed,
// because a parser that takes several at once splits values that merely hold another one.
import {MusterError} from '../errors.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export type Preamble = {
  readonly delimiter: Delimiter;
  /** What was read to find it, to be parsed first. */
  readonly text: string;
  /** The number of its first line: 2 after a line `sep=;`, as spreadsheets write it. */
  readonly firstLine: number;
};

export async function readPreamble(
  text: AsyncIterator<string>,
  wanted: Delimiter | undefined,
  mostBytes: number,
): Promise<Preamble> {
  let read = '';
  let header: string | undefined;
  while (header === undefined && read.length <= mostBytes) {
    const next = await text.next();
    if (next.done) {
      header = read.trimStart();
      break;
    }
    read += next.value;
    header = headerLine(read);
  }
  if (header === undefined) {
    throw new MusterError('file.line_too_long', {params: {line: 1, limit: `${mostBytes / 1e6} MB`}});
  }
  if (read.trim() === '') throw new MusterError('file.empty');
  const said = /^sep=(.)(\r\n|\n|\r)/.exec(read);
  const sep = delimiters.find(one => one === said?.[1]);
  if (said && sep) return {delimiter: wanted ?? sep, text: read.slice(said[0].length), firstLine: 2};
  return {delimiter: wanted ?? mostFrequent(header), text: read, firstLine: 1};
}

/** The first line that is not blank, to its end outside quotes; `undefined` while that has not been read. */
function headerLine(read: string): string | undefined {
  const line = read.trimStart();
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return line.slice(0, at);
  }
  return undefined;
}

/** The delimiter that stands most often outside quotes; a comma where none does. */
function mostFrequent(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: Delimiter) => bare.split(delimiter).length;
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
}
