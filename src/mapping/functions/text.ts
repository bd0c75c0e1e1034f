// Functions over text. Lengths count UTF-16 code units, as the destinations do, but no character is ever cut in half.
import {boundedText, count, FunctionFailure, type FunctionRow} from './row.ts';

export function textFunctions(): readonly FunctionRow[] {
  return [
    {signature: 'lower(string): string', description: 'In lower case.', run: (text: string) => text.toLowerCase()},
    {signature: 'upper(string): string', description: 'In upper case.', run: (text: string) => text.toUpperCase()},
    {
      signature: 'trim(string): string',
      description: 'Without white space at both ends.',
      run: (text: string) => text.trim(),
    },
    {signature: 'title(string): string', description: 'Each Word Begins In Upper Case.', run: titleCase},
    {
      signature: 'replace(string, string, string): string',
      description: 'Every occurrence of the second text replaced by the third.',
      run: replaceAll,
    },
    {signature: 'left(string, double): string', description: 'The first so many characters.', run: left},
    {signature: 'right(string, double): string', description: 'The last so many characters.', run: right},
    {
      signature: 'pad(string, double, string): string',
      description: "Filled up on the left: pad('7', 3, '0') is '007'.",
      run: (text: string, length: number, fill: string) => text.padStart(count(length, 0, 1000), fill),
    },
    {
      signature: 'digits(string): string',
      description: 'Only the digits 0 to 9.',
      run: (text: string) => text.replace(/\D+/g, ''),
    },
    {
      signature: 'plain(string): string',
      description: 'Without accents and macrons; letters, digits, spaces, hyphens and apostrophes only.',
      run: plain,
    },
    {signature: 'words(string): list<string>', description: 'The words of a text.', run: words},
    {
      signature: 'join(list, string): string',
      description: 'The entries of a list with a text in between.',
      run: (list: readonly unknown[], between: string) => boundedText(list.map(entryText).join(between)),
    },
    {
      signature: 'initials(string): string',
      description: 'The first letter of each word, in upper case.',
      run: (text: string) =>
        words(text)
          .map(word => Array.from(word)[0]?.toUpperCase())
          .join(''),
    },
    {
      signature: 'text(double): string',
      description: 'A number as text.',
      run: (value: number) => String(value),
    },
  ];
}

function titleCase(text: string): string {
  return text.toLowerCase().replace(/(?<![\p{L}\p{M}\p{N}])\p{L}/gu, letter => letter.toUpperCase());
}

function replaceAll(text: string, from: string, to: string): string {
  if (from === '') return text;
  const times = text.split(from).length - 1;
  // Counted before it is built: the result of one replacement can be a million times its input.
  if (text.length + times * (to.length - from.length) > 100_000) throw new FunctionFailure('too_large');
  return text.replaceAll(from, () => to);
}

function left(text: string, length: number): string {
  const cut = text.slice(0, count(length, 0, 100_000));
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function right(text: string, length: number): string {
  const cut = text.slice(Math.max(0, text.length - count(length, 0, 100_000)));
  return /^[\uDC00-\uDFFF]/.test(cut) ? cut.slice(1) : cut;
}

const special: {readonly [letter: string]: string} = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
};

function plain(text: string): string {
  return text
    .replace(/[ßæÆøØłŁđ]/g, letter => special[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[^A-Za-z0-9 '-]+/g, '');
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(word => word !== '');
}

function entryText(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  if (typeof entry === 'number' || typeof entry === 'bigint' || typeof entry === 'boolean') return String(entry);
  throw new FunctionFailure('not_text');
}
