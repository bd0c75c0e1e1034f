// Exact decimals as text, for money, rates and hours: no binary fraction ever decides a digit that leaves.

const plain = /^[+-]?\d{1,400}(?:\.\d{1,400})?$/; // room for every double

/** Digits with an optional sign and a point: normalised ("+007.50" → "7.50"), or undefined. No commas, no exponent. */
export function parseDecimal(text: string): string | undefined {
  if (!plain.test(text) || !Number.isFinite(Number(text))) return undefined;
  const negative = text.startsWith('-');
  const [whole = '', fraction] = text.replace(/^[+-]/, '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '') + (fraction === undefined ? '' : `.${fraction}`);
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** The shortest decimal that is this double, without an exponent: 1e21 → "1000000000000000000000". */
export function decimalOf(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const [mantissa = '', exponent = '0'] = String(Object.is(value, -0) ? 0 : value).split('e');
  const shift = Number(exponent);
  if (shift === 0) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** `decimal` with exactly `places` places, halves away from zero: "1.005" → "1.01". */
export function roundDecimal(decimal: string, places: number): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const kept = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  const up = (fraction[places] ?? '0') >= '5' ? 1n : 0n;
  const digits = (kept + up).toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return negative && kept + up !== 0n ? `-${text}` : text;
}

/** How many places stand after the point, zeros at the end left out. */
export function placesOf(decimal: string): number {
  const fraction = decimal.split('.')[1] ?? '';
  return fraction.replace(/0+$/, '').length;
}
