// Functions over phone numbers.
import {countDigits, formatPhone, type PhoneStyle} from '../phone-number.ts';
import {FunctionFailure, type FunctionRow, type Host} from './row.ts';

export function phoneFunctions(host: Host): readonly FunctionRow[] {
  return [
    {
      signature: 'phone(string, string): string',
      description: "A valid number as 'spaced' (64 21 555 0100) or 'e164' (+64215550100).",
      run: (text: string, style: string) => phone(text, style, host.country),
    },
    {
      signature: 'phone(string, string, string): string',
      description: "The same, with the country of numbers that name none: 'NZ'.",
      run: phone,
    },
  ];
}

function phone(text: string, style: string, country: string | undefined): string {
  if (!isStyle(style)) throw new FunctionFailure('style_unknown');
  const formatted = formatPhone(text, style, country);
  if (formatted === undefined) throw new FunctionFailure('not_phone', {digits: countDigits(text)});
  return formatted;
}

function isStyle(style: string): style is PhoneStyle {
  return style === 'spaced' || style === 'e164';
}
