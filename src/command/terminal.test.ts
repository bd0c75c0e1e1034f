import assert from 'node:assert/strict';
import {test} from 'node:test';
import {progressLine} from './terminal.ts';

function written(isTTY: boolean, lines: readonly string[]): string {
  let text = '';
  const line = progressLine({isTTY, write: (more: string) => (text += more)});
  for (const one of lines) line.show(one);
  line.end();
  return text;
}

test('elsewhere than on a terminal progress is told once a second, and its end always', () => {
  assert.equal(written(false, ['reading', 'planning', 'previewed']), 'reading\npreviewed\n');
  assert.equal(written(false, ['reading']), 'reading\n');
  assert.equal(written(false, []), '');
});

test('on a terminal one line is written over itself', () => {
  assert.equal(written(true, ['reading', 'previewed']), '\r\u001b[2Kreading\r\u001b[2Kpreviewed\n');
});
