// docs/errors.md, made from the table of errors and the catalogue of messages.
import {type ErrorCode, type ErrorKind, errorTable} from '../../src/errors.ts';
import {en} from '../../src/messages/en.ts';
import type {Message, Owner} from '../../src/messages/text.ts';

/** The command that rewrites docs/errors.md. */
export const rewriteCommand = 'node test/support/write-errors.ts';

const kinds: {readonly [K in ErrorKind]: string} = {
  operator: 'someone must change something; never tried again by itself',
  transient: 'may pass by waiting; tried again by itself, with growing pauses or when the other system says',
  caller: 'the request is wrong; correct it and send it again',
  cancelled: 'somebody stopped it',
  bug: 'a fault of Muster; the log has the details, the answer has none',
};

const owners: {readonly [O in Owner]: string} = {
  source: 'mended in the source system',
  admin: 'mended by an admin in Muster',
  destination: 'mended in the destination system',
  support: 'mended by whoever runs Muster',
  nobody: 'nothing to mend',
};

/** The errors in the order of their table, then the catalogue's other codes. */
export function errorsPage(): string {
  const codes = Object.keys(errorTable) as ErrorCode[]; // the table's own keys
  const others = Object.keys(en).filter(code => !Object.hasOwn(errorTable, code));
  const lines = [
    '# Errors and other codes',
    '',
    `Written from \`src/errors.ts\` and \`src/messages/\` by \`${rewriteCommand}\`; a test holds them equal.`,
    '',
    'An error of the API is `{error: {code, message, hint, issues?, requestId}}`. Branch on the code and nothing else: words',
    'may change. What stands in braces is filled in. The kind of an error says what happens next:',
    '',
    ...Object.entries(kinds).map(([kind, meaning]) => `- **${kind}**: ${meaning}`),
    '',
    '## Errors',
    '',
    ...codes.flatMap(code => {
      const {kind, status} = errorTable[code];
      const {text, hint, owner} = messageOf(code);
      const facts = `${kind} · HTTP ${status} · ${owners[owner]}`;
      return [`### \`${code}\``, '', facts, '', `> ${literal(text)}`, '', ...(hint === '' ? [] : [literal(hint), ''])];
    }),
    '## Issues, reasons and findings',
    '',
    'These are not errors. An issue is about a record or one of its fields, a reason says why an event or a run is where it',
    'is, a finding comes from the test of a connection. `cause.…` only completes other messages.',
    '',
    ...others.map(code => {
      const {text, hint, owner} = messageOf(code);
      const facts = owner === 'nobody' ? '' : ` (${owners[owner]})`;
      return `- \`${code}\`${facts}: “${literal(text)}” ${literal(hint)}`.trim();
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function messageOf(code: string): Message {
  const catalogue: {readonly [code: string]: Message} = en;
  const message = catalogue[code];
  if (!message) throw new Error(`${code} has no words in src/messages/en`);
  return message;
}

/** Markdown's own signs as themselves. */
function literal(text: string): string {
  return text.replace(/[*_<[\]\\`]/g, sign => `\\${sign}`);
}
