import assert from 'node:assert/strict';
import {test} from 'node:test';
import {supportAddress} from '../ui/src/parts/support-address.ts';

test('a letter to support names the request that failed, unless it has a subject already', () => {
  const to = (url: string) => supportAddress(url, 'Muster, request req_1');
  assert.equal(to('mailto:help@example.com'), 'mailto:help@example.com?subject=Muster%2C%20request%20req_1');
  assert.equal(to('mailto:a@b.c?cc=d@b.c'), 'mailto:a@b.c?cc=d@b.c&subject=Muster%2C%20request%20req_1');
  assert.equal(to('mailto:a@b.c?subject=Muster'), 'mailto:a@b.c?subject=Muster');
  assert.equal(supportAddress('mailto:help@example.com', undefined), 'mailto:help@example.com');
});

test('a web address is left as it is', () => {
  assert.equal(supportAddress('https://help.example.com/?to=muster', 'x'), 'https://help.example.com/?to=muster');
});
