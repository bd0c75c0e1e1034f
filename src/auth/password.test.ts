import assert from 'node:assert/strict';
import {test} from 'node:test';
import {hashPassword, verifyPassword} from './password.ts';

test('a password fits its own hash, composed or not, and no other', async () => {
  const hash = await hashPassword('correct hörse');
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.ok(await verifyPassword({hash, password: 'correct hörse'}));
  assert.ok(await verifyPassword({hash, password: 'correct ho\u0308rse'}));
  assert.ok(!(await verifyPassword({hash, password: 'correct horse'})));
});

test('the same password never gives the same hash', async () => {
  assert.notEqual(await hashPassword('correct horse'), await hashPassword('correct horse'));
});

test('a hash made at another cost still fits', async () => {
  // argon2id of "password" with salt "somesalt", t=2, m=64 MiB, p=1: the reference implementation's own test vector.
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  assert.ok(await verifyPassword({hash, password: 'password'}));
});

test('what is no hash fits nothing', async () => {
  for (const hash of ['', 'plain', '$argon2id$v=19$m=1,t=1$x$y', '$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$eHh4eA']) {
    assert.ok(!(await verifyPassword({hash, password: 'plain'})));
  }
});
