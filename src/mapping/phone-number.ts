// Phone numbers in the two styles that destinations want. Parsing costs some 25 µs, two thirds of a whole mapping, so
// nothing parses a number twice.
import {type CountryCode, isSupportedCountry, parsePhoneNumberFromString} from 'libphonenumber-js/min';

export type PhoneStyle = 'spaced' | 'e164';

/**
 * The number in that style, or undefined where it is no valid one. `country` (two letters) is where numbers without a
 * country code belong; without it only numbers with one are valid. An extension is left out.
 */
export function formatPhone(text: string, style: PhoneStyle, country?: string): string | undefined {
  const number = parsePhoneNumberFromString(text, countryCode(country));
  // "0412 345 678" is possible as a Kyrgyz number and "6785551234" as one of Vanuatu: only valid ones will do.
  if (!number?.isValid()) return undefined;
  return style === 'e164'
    ? number.number
    : spaced(number.formatInternational({formatExtension: formatted => formatted}));
}

/** True for text that is in the style already, so that formatting it again would change nothing. */
export function isFormattedPhone(text: string, style: PhoneStyle): boolean {
  if (style === 'spaced' && !/^\d+(?: \d+)+$/.test(text)) return false;
  return formatPhone(style === 'spaced' ? `+${text}` : text, style) === text;
}

/** Digits of any script, so that full-width ones count too. */
export function countDigits(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}

function spaced(international: string): string {
  return international.slice(1).replace(/\D+/g, ' ').trim();
}

function countryCode(country: string | undefined): CountryCode | undefined {
  const code = country?.trim().toUpperCase();
  return code !== undefined && isSupportedCountry(code) ? code : undefined;
}
