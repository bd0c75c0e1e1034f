// Functions that make ids of values. The same text always gives the same id.
import {hash} from 'node:crypto';
import {count, type FunctionRow} from './row.ts';

export function idFunctions(): readonly FunctionRow[] {
  return [
    {
      signature: 'md5(string): string',
      description: 'The MD5 of a text, 32 hexadecimal digits; an id, no secret.',
      run: (text: string) => hash('md5', text),
    },
    {
      signature: 'sha256(string): string',
      description: 'The SHA-256 of a text, 64 hexadecimal digits.',
      run: (text: string) => hash('sha256', text),
    },
    {
      signature: 'code(string, double): string',
      description: 'So many letters and digits made of a text; 8 or more are rarely the same for two texts.',
      run: code,
    },
  ];
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's: no letter that looks like a digit

function code(text: string, length: number): string {
  const bytes = hash('sha256', text, 'buffer');
  return Array.from(bytes.subarray(0, count(length, 4, 32)), byte => alphabet.charAt(byte & 31)).join('');
}
