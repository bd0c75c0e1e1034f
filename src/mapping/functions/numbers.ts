// Functions over numbers. What is money leaves as exact decimal text.
import {decimalOf, parseDecimal, roundDecimal} from '../decimal.ts';
import {count, FunctionFailure, type FunctionRow} from './row.ts';

export function numberFunctions(): readonly FunctionRow[] {
  return [
    {
      signature: 'number(string): double',
      description: 'Text of digits, with a point for decimals, as a number.',
      run: (text: string) => Number(decimalText(text)),
    },
    {
      signature: 'number(double): double',
      description: 'A number as it is.',
      run: (value: number) => value,
    },
    {
      signature: 'round(double, double): double',
      description: 'Rounded to so many decimals, halves away from zero.',
      run: (value: number, places: number) => Number(roundDecimal(decimal(value), count(places, 0, 12))),
    },
    {
      signature: 'money(double): string',
      description: 'An exact amount with two decimals: 24.5 becomes "24.50".',
      run: (value: number) => roundDecimal(decimal(value), 2),
    },
    {
      signature: 'money(double, double): string',
      description: 'An exact amount with so many decimals.',
      run: (value: number, places: number) => roundDecimal(decimal(value), count(places, 0, 12)),
    },
    {
      signature: 'money(string): string',
      description: 'An exact amount with two decimals.',
      run: (text: string) => roundDecimal(decimalText(text), 2),
    },
    {
      signature: 'money(string, double): string',
      description: 'An exact amount with so many decimals.',
      run: (text: string, places: number) => roundDecimal(decimalText(text), count(places, 0, 12)),
    },
    {signature: 'min(double, double): double', description: 'The smaller number.', run: Math.min},
    {signature: 'max(double, double): double', description: 'The larger number.', run: Math.max},
  ];
}

function decimal(value: number): string {
  const text = decimalOf(value);
  if (text === undefined) throw new FunctionFailure('not_number');
  return text;
}

function decimalText(text: string): string {
  const parsed = parseDecimal(text.trim());
  if (parsed === undefined) throw new FunctionFailure('not_number');
  return parsed;
}
