import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {JsonObject} from '../std/json.ts';
import {compileScope} from './scope.ts';
import {context, directory, person, settings} from './testing/resources.ts';

const accepted = "application.status in ['accepted', 'completed', 'terminated']";

async function judge(expression: string, data: JsonObject = {}) {
  const scope = compileScope(directory, expression, settings);
  const [result] = await scope.test([person(data)], context);
  return result;
}

const cases: readonly (readonly [expression: string, data: JsonObject, falseClause: string | undefined])[] = [
  [accepted, {}, undefined],
  [accepted, {application: {status: 'Accepted '}}, accepted], // trimmed, but case counts
  [accepted, {application: {status: 'declined'}}, accepted],
  [accepted, {application: {status: null}}, accepted],
  [accepted, {application: {}}, accepted],
  ["application.status != 'declined'", {application: {}}, "application.status != 'declined'"],
  [`${accepted} && job.payRate > 20`, {}, undefined],
  [`${accepted} && job.payRate > 30`, {}, 'job.payRate > 30'],
  [`${accepted}   &&   job.payRate > 30`, {application: {status: 'x'}}, accepted],
  ["(job.payRate > 30 || person.gender == 'f') && has(person.email)", {job: {payRate: 40}}, undefined],
  ["has(person.email) && (job.payRate > 30 || person.gender == 'f')", {}, "job.payRate > 30 || person.gender == 'f'"],
  ['has(person.email) && !has(person.gender)', {}, undefined],
  ['has(person.email) && has(person.gender) && has(person.phone)', {}, 'has(person.gender)'],
  ["settings.accountType == 'Staff'", {}, undefined],
  ["first(person.gender, 'none') == 'none'", {}, undefined],
  ['job.startDate >= today', {}, undefined],
  ['job.startDate < today', {}, 'job.startDate < today'],
  ['true', {}, undefined],
  ['false', {}, 'false'],
];

for (const [expression, data, falseClause] of cases) {
  test(`${expression} over ${JSON.stringify(data)}: ${falseClause ?? 'included'}`, async () => {
    const expected = falseClause === undefined ? {included: true} : {included: false, falseClause};
    assert.deepEqual(await judge(expression, data), expected);
  });
}

test('each clause says what it reads, so that it can be shown why it is not so', async () => {
  const scope = compileScope(directory, `${accepted} && (job.payRate > 30 || has(person.gender))`, settings);
  assert.deepEqual(scope.readsOf(accepted), ['application.status']);
  assert.deepEqual(scope.readsOf('job.payRate > 30 || has(person.gender)'), ['job.payRate', 'person.gender']);
  assert.deepEqual(scope.readsOf('no clause of it'), []);
});

const failing: readonly (readonly [expression: string, data: JsonObject, why: string])[] = [
  ['job.payRate / 0 > 1', {}, 'it divides by zero'],
  ['job.payRate > 20', {job: {payRate: 'twenty'}}, 'job.payRate: not of the type that it should be'],
  ["date(person.email, 'dd/MM/yyyy') == 'x'", {}, 'a value is not a calendar date'],
  ['person.custom.flag', {person: {custom: {flag: 'yes'}}}, 'the result is neither so nor not so'],
];

for (const [expression, data, why] of failing) {
  test(`${expression} cannot be worked out: ${why}`, async () => {
    assert.deepEqual(await judge(expression, data), {
      issue: {level: 'error', code: 'scope.failed', field: null, params: {why}},
    });
  });
}

test('one false clause is enough, whatever fails beside it', async () => {
  assert.deepEqual(await judge('job.payRate / 0 > 1 && job.payRate > 30'), {
    included: false,
    falseClause: 'job.payRate > 30',
  });
});

const unusable = ['person.emial', 'person.email', 'application.status ==', 'application.status = 1', 'job.payRate'];

for (const expression of unusable) {
  test(`${expression} is no scope: told when saved, and every record gets an issue rather than a guess`, async () => {
    const scope = compileScope(directory, expression, settings);
    assert.equal(scope.issues.length, 1);
    const results = await scope.test([person(), person()], context);
    assert.equal(results.length, 2);
    for (const result of results) assert.ok('issue' in result && result.issue.code === 'scope.failed');
  });
}

test('reads, and whether the day is one of them, are told', async () => {
  const scope = compileScope(directory, `${accepted} && age(person.dateOfBirth) >= 16`);
  assert.deepEqual(scope.reads, ['application.status', 'person.dateOfBirth']);
  assert.ok(scope.readsToday);
  assert.ok(!compileScope(directory, accepted).readsToday);
});

test('many records are tested in order, a slow one among them', async () => {
  const scope = compileScope(directory, "person.tags.all(a, person.tags.all(b, a + b != 'x')) && has(person.email)");
  const slow = person({person: {email: 'a@b.c', tags: Array.from({length: 6000}, (_, index) => `tag ${index}`)}});
  const results = await scope.test([person(), slow, person({person: {tags: []}})], context);
  assert.deepEqual(
    results.map(result => ('issue' in result ? result.issue.params['why'] : result.included)),
    [true, 'it took too long', false],
  );
});
