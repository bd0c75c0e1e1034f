// Sources and a destination for the tests of this folder: the built-in directory's shape, a file of columns, an employee.

import type {Field} from '../../model/field.ts';
import type {MappableRecord} from '../language.ts';

function field(name: string, type: Field['type'], more: Partial<Field> = {}): Field {
  return {name, label: name, description: '', type, sensitivity: 'ordinary', ...more};
}

function standard(name: string, type: Field['type'] = 'text'): Field {
  return field(name, type, {standard: name});
}

export const directory = {
  fields: [
    standard('person.givenName'),
    standard('person.familyName'),
    standard('person.preferredName'),
    standard('person.email'),
    standard('person.phone'),
    standard('person.dateOfBirth', 'date'),
    standard('person.gender'),
    standard('person.address.city'),
    field('person.tags', 'list'),
    field('person.active', 'boolean'),
    field('person.custom', 'object'),
    standard('job.title'),
    standard('job.startDate', 'date'),
    standard('job.payRate', 'decimal'),
    field('job.hours', 'number'),
    field('job.startsAt', 'instant'),
    standard('application.status'),
  ],
};

export const file = {
  fields: [
    field('row.First name', 'text', {standard: 'person.givenName'}),
    field('row.E-mail', 'text', {standard: 'person.email'}),
    field('row.Born', 'text', {standard: 'person.dateOfBirth'}),
    field('row.Mobile', 'text', {standard: 'person.phone'}),
    field('row.Rate', 'text', {standard: 'job.payRate'}),
    field("row.Manager's name", 'text'),
  ],
};

export const employee = {
  fields: [
    field('firstName', 'text', {label: 'First name', standard: 'person.givenName', required: true}),
    field('employeeId', 'text', {label: 'Employee id', required: true, suggest: 'md5(lower(trim(person.email)))'}),
    field('dateOfBirth', 'date', {
      label: 'Date of birth',
      standard: 'person.dateOfBirth',
      constraint: {dateFormat: 'yyyy-MM-dd'},
    }),
    field('phoneNumber', 'text', {
      label: 'Phone number',
      standard: 'person.phone',
      constraint: {format: 'phone', phoneStyle: 'spaced', maxDigits: 15, wanted: 'single spaces, no + sign'},
    }),
    field('wageRate', 'decimal', {label: 'Wage rate', standard: 'job.payRate', constraint: {maxDecimals: 2}}),
    field('accountType', 'text', {
      label: 'Account type',
      suggest: 'settings.accountType',
      choices: [
        {value: 'Staff', label: 'Staff'},
        {value: 'Contractor', label: 'Contract worker'},
      ],
    }),
    field('sectors', 'list', {label: 'Sectors', suggest: 'settings.sectors', constraint: {joinedBy: '|'}}),
    field('deactivate', 'text', {label: 'Deactivate', default: 'FALSE'}),
  ],
};

export const settings = [
  {name: 'accountType', label: 'Account type', type: 'choice'},
  {name: 'sectors', label: 'Sectors', type: 'list'},
];

export const context = {today: '2026-06-15', settings: {accountType: 'Staff', sectors: ['North', 'South']}};

/** One whole person; `data` replaces parts of it. */
export function person(data: MappableRecord['data'] = {}): MappableRecord {
  return {
    data: {
      person: {
        givenName: 'Aroha',
        familyName: 'Ngata',
        email: ' Aroha@Example.com ',
        phone: '021 555 0100',
        dateOfBirth: '1990-05-01',
        tags: ['picker', 'driver'],
      },
      job: {title: 'Picker', startDate: '2026-07-01', payRate: 24.5},
      application: {status: 'accepted'},
      ...data,
    },
  };
}
