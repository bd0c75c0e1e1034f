// Texts that break careless programs; real people's names and notes hold most of them.
export const hostileTexts: readonly (readonly [name: string, text: string])[] = [
  ['emoji and macrons', '👩🏽‍🌾 Māori Ōtāhuhu'],
  ['quotes and angle brackets', `O'Neil "Mick" <b>&amp; Søn</b>`],
  ['the name of a prototype', '__proto__'],
  ['a formula', '=HYPERLINK("http://x","y")'],
  ['right-to-left text', 'محمد \u202Eevil'],
  ['a NUL', 'Ann\u0000e'],
  ['white space at the edges', '  Ann \t'],
  ['something like SQL and a path', `'; drop table x; -- ../../etc/passwd %00 \\`],
  ['10 kB', 'x'.repeat(10_000)],
];
