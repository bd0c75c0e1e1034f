// The directory's fields: the shared vocabulary itself, so each is its own standard field.
import type {Choice, Field} from '../../src/connector/index.ts';

type Row = readonly [name: string, label: string, description: string];

const as = (type: Field['type'], sensitivity: Field['sensitivity'], rows: readonly Row[]): readonly Field[] =>
  rows.map(([name, label, description]) => ({name, label, description, type, sensitivity, standard: name}));

export const personFields: readonly Field[] = [
  ...as('text', 'personal', [
    ['person.givenName', 'First name', 'Given name'],
    ['person.familyName', 'Last name', 'Family name'],
    ['person.preferredName', 'Preferred name', 'What the person is called at work'],
    ['person.email', 'E-mail', 'E-mail address'],
    ['person.phone', 'Phone', 'Phone number; from abroad with + and the country code'],
  ]),
  ...as('date', 'personal', [['person.dateOfBirth', 'Date of birth', 'Calendar date, yyyy-MM-dd']]),
  ...as('text', 'personal', [
    ['person.gender', 'Gender', 'Gender as the person states it'],
    ['person.address.street', 'Street', 'Street and number'],
    ['person.address.suburb', 'Suburb', 'Suburb or district'],
    ['person.address.city', 'City', 'City or town'],
    ['person.address.region', 'Region', 'Region or state'],
    ['person.address.postalCode', 'Postal code', 'Postal code'],
    ['person.address.country', 'Country', 'Two-letter country code'],
    ['person.emergencyContact.name', 'Emergency contact', 'Whom to call in an emergency'],
    ['person.emergencyContact.phone', 'Emergency phone', 'Phone number of the emergency contact'],
  ]),
  ...as('text', 'confidential', [
    ['person.taxNumber', 'Tax number', 'Number under which the tax office knows the person'],
    ['person.taxCode', 'Tax code', 'Tax code'],
    ['person.bankAccount', 'Bank account', 'Account that pay goes to'],
  ]),
];

export const employmentFields: readonly Field[] = as('text', 'personal', [
  ['employment.number', 'Employee number', 'Number that the employer gave'],
  ['employment.status', 'Employment status', 'Active, ended…'],
  ['employment.type', 'Employment type', 'Permanent, seasonal, casual…'],
]);

export const jobFields: readonly Field[] = [
  ...as('text', 'ordinary', [['job.title', 'Job title', 'What the person works as']]),
  ...as('date', 'ordinary', [
    ['job.startDate', 'Start date', 'First day of work, yyyy-MM-dd'],
    ['job.endDate', 'End date', 'Last day of work, yyyy-MM-dd'],
  ]),
  ...as('decimal', 'confidential', [['job.payRate', 'Pay rate', 'Pay for one unit, without currency']]),
  ...as('text', 'ordinary', [
    ['job.payUnit', 'Pay unit', 'Hour, day, week, month, year or piece'],
    ['job.location', 'Location', 'Where the work is'],
    ['job.department', 'Department', 'Department or team'],
    ['job.manager', 'Manager', 'Who the person reports to'],
  ]),
];

const statuses: readonly Choice[] = [
  ['invited', 'Invited'],
  ['in progress', 'In progress'],
  ['offered', 'Offered'],
  ['accepted', 'Accepted'],
  ['completed', 'Completed'],
  ['terminated', 'Terminated'],
  ['cancelled', 'Cancelled'],
  ['declined', 'Declined'],
].map(([value = '', label = '']) => ({value, label}));

export const applicationFields: readonly Field[] = [
  {
    name: 'application.status',
    label: 'Status',
    description: 'How far the application is',
    type: 'text',
    choices: statuses,
    standard: 'application.status',
    sensitivity: 'ordinary',
  },
  {
    name: 'application.answers',
    label: 'Answers',
    description: 'Questions of the application and what was answered',
    type: 'object',
    sensitivity: 'confidential',
  },
];

export const placementFields: readonly Field[] = [
  ...as('boolean', 'ordinary', [
    ['placement.approved', 'Approved', 'Whether the placement was approved'],
    ['placement.exportToTimesheets', 'Export to timesheets', 'Whether it is meant for the timesheet system'],
  ]),
  ...as('date', 'ordinary', [
    ['placement.startDate', 'Placement start', 'First day, yyyy-MM-dd'],
    ['placement.endDate', 'Placement end', 'Last day, yyyy-MM-dd'],
  ]),
  ...as('text', 'ordinary', [
    ['placement.approver', 'Approver', 'Who approves the timesheets'],
    ['placement.customer', 'Customer', 'Where the person is placed'],
  ]),
];
