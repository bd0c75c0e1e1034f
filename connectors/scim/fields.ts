// The fields of users and groups, flat, with their meaning in the shared vocabulary. attributes.ts says where each is.
import type {Field} from '../../src/connector/index.ts';

type Row = readonly [name: string, label: string, description: string, more?: Partial<Field>];

const texts = (sensitivity: Field['sensitivity'], rows: readonly Row[]): readonly Field[] =>
  rows.map(([name, label, description, more = {}]) => ({name, label, description, type: 'text', sensitivity, ...more}));

export const userFields: readonly Field[] = [
  ...texts('personal', [
    [
      'userName',
      'User name',
      'What the person signs in with; upper and lower case make no difference',
      {required: true, constraint: {minLength: 1}, suggest: 'lower(trim(person.email))'},
    ],
    [
      'externalId',
      'External ID',
      'The id under which the person is recognised from now on; it should never change',
      {standard: 'employment.number'},
    ],
    ['givenName', 'First name', 'Given name', {standard: 'person.givenName'}],
    ['familyName', 'Last name', 'Family name', {standard: 'person.familyName'}],
    [
      'displayName',
      'Display name',
      'The name that others see',
      {suggest: "person.givenName + ' ' + person.familyName"},
    ],
    ['workEmail', 'Work e-mail', 'E-mail address for work', {standard: 'person.email', constraint: {format: 'email'}}],
    ['workPhone', 'Work phone', 'Phone number for work', {standard: 'person.phone'}],
    ['employeeNumber', 'Employee number', 'Number that the employer gave', {standard: 'employment.number'}],
  ]),
  ...texts('ordinary', [
    ['title', 'Job title', 'What the person works as', {standard: 'job.title'}],
    ['department', 'Department', 'Department or team', {standard: 'job.department'}],
    ['division', 'Division', 'Division of the organisation'],
    ['organization', 'Organisation', 'Organisation or legal entity'],
    ['costCenter', 'Cost centre', 'Cost centre'],
    ['manager', 'Manager', "The manager's id in this directory"],
  ]),
  {
    name: 'active',
    label: 'Active',
    description: 'Whether the person may sign in. New users are active; left unmapped, an update does not touch it',
    type: 'boolean',
    sensitivity: 'ordinary',
  },
];

export const groupFields: readonly Field[] = [
  ...texts('ordinary', [
    ['displayName', 'Name', 'Name of the group', {required: true, constraint: {minLength: 1}}],
    ['externalId', 'External ID', 'The id under which the group is recognised from now on; it should never change'],
  ]),
  {
    name: 'members',
    label: 'Members',
    description: 'Ids of all members in this directory; who is not among them is removed',
    type: 'list',
    sensitivity: 'ordinary',
  },
];
