import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {errorTable} from '../errors.ts';
import {en} from './en.ts';
import {generalText, type Message, messageText} from './text.ts';

const messages = Object.entries<Message>(en);
/** What placeholders are filled with here: as long as they ordinarily get. */
const usual: {readonly [name: string]: string} = {
  label: 'Emergency phone',
  connection: 'Sample Orchard - Hectre',
  words: 'the value is not accepted',
  why: 'the credentials were rejected',
};

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

describe('the catalogue', () => {
  test('has words for every error code', () => {
    assert.deepEqual(
      Object.keys(errorTable).filter(code => !Object.hasOwn(en, code)),
      [],
    );
  });

  test('keeps every text to 160 characters once filled', () => {
    const long = messages.filter(([code, {text}]) => {
      const params = Object.fromEntries(placeholders(text).map(name => [name, usual[name] ?? 'A-0101']));
      return messageText(code, params).text.length > 160 || generalText(code, params).length > 160;
    });
    assert.deepEqual(
      long.map(([code]) => code),
      [],
    );
  });

  test('speaks to people who know payroll, not software', () => {
    const jargon = /\b(null|undefined|boolean|string|payload|endpoint|exception|regex|JSON path|stack|parse|HTTP)\b/;
    // Whoever writes expressions knows what null is.
    const forAnyone = messages.filter(([code]) => !code.startsWith('expression.'));
    assert.deepEqual(
      forAnyone.filter(([, {text, general = ''}]) => jargon.test(text) || jargon.test(general)).map(([code]) => code),
      [],
    );
  });

  test('has words for all records of a problem wherever its text tells something of one', () => {
    // What comes from the field or the mapping is the same for all of them; a label only where it is that of the field.
    const ofRecords = /^(mapping|value|scope|match|event)\.|^file\.row_|^record\.(character|field)_/;
    const ofMapping = ['mapping.unusable', 'mapping.path_unknown', 'mapping.destination_unknown'];
    const same = (code: string) => [
      'connection',
      'limit',
      'wanted',
      ...(/^(mapping|value)\./.test(code) ? ['label'] : []),
    ];
    const particular = messages
      .filter(([code]) => ofRecords.test(code) && !ofMapping.includes(code))
      .filter(([code, {text, general = text}]) => placeholders(general).some(name => !same(code).includes(name)));
    assert.deepEqual(
      particular.map(([code]) => code),
      [],
    );
  });

  test('names someone who can mend each problem, and says how', () => {
    // A cause only completes another message, which has the hint.
    const whole = messages.filter(([code]) => !code.startsWith('cause.'));
    const silent = whole.filter(([, {hint, owner}]) => owner !== 'nobody' && hint === '');
    assert.deepEqual(
      silent.map(([code]) => code),
      [],
    );
  });

  test('has each code in one file only', () => {
    const folder = join(import.meta.dirname, 'en');
    const codes = readdirSync(folder).flatMap(file =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'([\w.]+)':/gm)].map(([, code = '']) => code),
    );
    assert.equal(codes.length, new Set(codes).size);
    assert.deepEqual(codes.toSorted(), Object.keys(en).toSorted());
  });

  test('shows a code that it does not know as itself, and placeholders that got no value', () => {
    assert.equal(messageText('no.such_code').text, 'no.such_code');
    assert.equal(messageText('file.too_large', {}).text, 'The file is larger than {limit}.');
    assert.equal(generalText('no.such_code'), 'no.such_code');
  });
});
