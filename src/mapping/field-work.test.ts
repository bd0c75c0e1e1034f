import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Constraint, Field} from '../model/field.ts';
import type {FieldMapping} from '../model/leg.ts';
import {compileField, workField} from './field-work.ts';
import {createLanguage, type MappableRecord} from './language.ts';
import {context, directory, person, settings} from './testing/resources.ts';

const language = createLanguage({source: directory, settings, country: 'NZ'});

function field(constraint: Constraint = {}, more: Partial<Field> = {}): Field {
  return {name: 'to', label: 'To', description: '', type: 'text', sensitivity: 'ordinary', constraint, ...more};
}

function work(of: Field, mapping: FieldMapping | undefined, record = person()) {
  const compiled = compileField(of, mapping, language, 'NZ');
  const {value, issues} = workField(compiled, language.reader(compiled.programs)(record, context));
  return {value, codes: issues.map(issue => issue.code)};
}

const swapped: Constraint = {dateFormat: 'yyyy-dd-MM'}; // as ISO to look at, so that reading it again would swap it

test('a date that the expression wrote in the field’s own form is left as it is', () => {
  const born = person({person: {dateOfBirth: '1990-05-04'}});
  assert.equal(work(field(swapped), {value: "date(person.dateOfBirth, 'yyyy-dd-MM')"}, born).value, '1990-04-05');
  assert.equal(work(field(swapped), {value: 'person.dateOfBirth'}, born).value, '1990-04-05');
});

test('a phone that the expression wrote in another style is brought into the field’s', () => {
  const spaced: Constraint = {format: 'phone', phoneStyle: 'spaced'};
  assert.equal(work(field(spaced), {value: "phone(person.phone, 'e164')"}).value, '64 21 555 0100');
  assert.equal(work(field(spaced), {value: "phone(person.phone, 'spaced')"}).value, '64 21 555 0100');
  assert.equal(work(field(spaced), {value: 'person.phone'}).value, '64 21 555 0100');
  assert.equal(work(field(spaced), {value: "'+61 412 345 678'"}).value, '61 412 345 678');
});

test('nothing mapped: the default if there is one, an issue only where a value is required', () => {
  assert.deepEqual(work(field(), undefined), {value: undefined, codes: []});
  assert.deepEqual(work(field({}, {default: 'x'}), undefined), {value: 'x', codes: []});
  assert.deepEqual(work(field({}, {default: 'x', required: true}), undefined), {value: 'x', codes: []});
  assert.deepEqual(work(field({}, {required: true}), undefined), {value: undefined, codes: ['mapping.not_mapped']});
  assert.deepEqual(work(field({maxLength: 1}, {default: 'xx'}), undefined), {value: 'xx', codes: ['value.too_long']});
});

test('an expression that gives a blank has no value, and is itself named as the reason', () => {
  const compiled = compileField(
    field({}, {required: true}),
    {value: "replace(person.email, person.email, '')"},
    language,
    'NZ',
  );
  const {issues} = workField(compiled, language.reader(compiled.programs)(person(), context));
  assert.deepEqual(
    issues.map(issue => [issue.code, issue.params['path']]),
    [['mapping.value_missing', "replace(person.email, person.email, '')"]],
  );
});

test('a value that the expression cannot work with is kept as it came, to be shown beside its issue', () => {
  const of = (data: MappableRecord['data'], value: string) => work(field(), {value}, person(data));
  const digits = '+64 21 555 010 000 000 00';
  assert.deepEqual(of({person: {phone: digits}}, "phone(person.phone, 'spaced')"), {
    value: digits,
    codes: ['value.not_phone'],
  });
  assert.deepEqual(of({job: {payRate: 'a lot'}}, 'text(job.payRate)'), {
    value: 'a lot',
    codes: ['mapping.source_type'],
  });
  const either =
    "phone(has(person.preferredName) ? person.preferredName : person.phone, settings.accountType == '' ? 'e164' : 'spaced')";
  assert.deepEqual(of({person: {phone: '12'}}, either), {value: '12', codes: ['value.not_phone']});
  assert.equal(
    of({person: {preferredName: '1', phone: '12'}}, either).value,
    undefined,
    'of two it is not known which',
  );
  assert.equal(of({}, "lookup({'a': 'b'}, 'c')").value, undefined);
});

test('reads of expression and rules are told once each', () => {
  const rules = [{check: 'has(person.email) && age(person.dateOfBirth) > 1', else: 'info', message: 'x'}] as const;
  const compiled = compileField(field(), {value: 'lower(person.email)', rules}, language, 'NZ');
  assert.deepEqual(compiled.reads, ['person.email', 'person.dateOfBirth']);
  assert.ok(compiled.readsToday);
});

test('a rule that fails is an issue of its field, a rule without its value none', () => {
  const rule = (check: string): FieldMapping => ({
    value: 'person.email',
    rules: [{check, else: 'warning', message: 'x'}],
  });
  assert.deepEqual(work(field(), rule('job.payRate / 0 > 1')).codes, ['mapping.divides_by_zero']);
  assert.deepEqual(work(field(), rule('job.payRate > 1'), person({job: {payRate: 'x'}})).codes, [
    'mapping.source_type',
  ]);
  assert.deepEqual(work(field(), rule("person.gender == 'x'")).codes, []);
  assert.deepEqual(work(field(), rule('1 > 2')).codes, ['mapping.rule']);
});

test('a broken rule makes the whole field unusable: a value is not sent unexamined', () => {
  const mapping: FieldMapping = {
    value: 'person.email',
    rules: [{check: 'lowr(person.email)', else: 'info', message: 'x'}],
  };
  assert.deepEqual(work(field(), mapping), {value: undefined, codes: ['mapping.unusable']});
});

test('what a policy gives instead takes the form of the field too', () => {
  const mapping: FieldMapping = {value: 'person.gender', missing: {default: ' 021 555 0100 '}};
  assert.equal(work(field({format: 'phone', phoneStyle: 'spaced'}), mapping).value, '64 21 555 0100');
});
