// What the columns of a file nobody has described mean: told from their headers, in the words that people and exports use.
import type {Field, Sensitivity} from '../../src/connector/index.ts';

/** Standard field ← headers, compared without case, spaces and punctuation. Each list starts with the commonest. */
const aliases: readonly (readonly [standard: string, sensitivity: Sensitivity, headers: string])[] = [
  ['person.givenName', 'personal', 'firstname givenname forename givennames firstnames fname'],
  ['person.familyName', 'personal', 'lastname surname familyname lname'],
  ['person.preferredName', 'personal', 'preferredname knownas nickname'],
  ['person.email', 'personal', 'email emailaddress mail personalemail workemail'],
  ['person.phone', 'personal', 'phone mobile phonenumber mobilephone mobilenumber cell cellphone telephone tel'],
  ['person.dateOfBirth', 'personal', 'dateofbirth dob birthdate birthday born'],
  ['person.gender', 'personal', 'gender sex'],
  ['person.address.street', 'personal', 'street address addressline1 streetaddress address1'],
  ['person.address.suburb', 'personal', 'suburb district addressline2'],
  ['person.address.city', 'personal', 'city town'],
  ['person.address.region', 'personal', 'region state province county'],
  ['person.address.postalCode', 'personal', 'postalcode postcode zip zipcode'],
  ['person.address.country', 'personal', 'country'],
  ['person.taxNumber', 'confidential', 'taxnumber irdnumber ird tfn taxfilenumber taxid'],
  ['person.taxCode', 'confidential', 'taxcode'],
  ['person.bankAccount', 'confidential', 'bankaccount bankaccountnumber accountnumber iban'],
  ['person.emergencyContact.name', 'personal', 'emergencycontact emergencycontactname nextofkin'],
  ['person.emergencyContact.phone', 'personal', 'emergencycontactphone emergencyphone'],
  ['job.title', 'ordinary', 'jobtitle position role job'],
  ['job.startDate', 'ordinary', 'startdate start datestarted hiredate'],
  ['job.endDate', 'ordinary', 'enddate end terminationdate leavingdate'],
  ['job.payRate', 'confidential', 'payrate hourlyrate wagerate wage rate salary pay'],
  ['job.payUnit', 'ordinary', 'payunit rateunit payfrequency'],
  ['job.location', 'ordinary', 'location site workplace'],
  ['job.department', 'ordinary', 'department team division'],
  ['job.manager', 'ordinary', 'manager supervisor reportsto linemanager'],
  ['application.status', 'ordinary', 'applicationstatus'],
  ['employment.number', 'personal', 'employeenumber employeeno employeeid staffnumber staffid payrollnumber'],
  ['employment.status', 'personal', 'employmentstatus employeestatus'],
  ['employment.type', 'personal', 'employmenttype contracttype'],
];

const dates = new Set(['person.dateOfBirth', 'job.startDate', 'job.endDate']);
const standards = new Map(
  aliases.flatMap(([standard, sensitivity, headers]) =>
    [standard, ...headers.split(' ')].map(header => [plain(header), {standard, sensitivity}] as const),
  ),
);

/** The name under which a column's value stands in a record: the header, without what would split or change a path. */
export function columnKey(header: string): string {
  const key = header.replaceAll('.', '_');
  return ['__proto__', 'constructor', 'prototype'].includes(key) ? `${key}_` : key;
}

/**
 * One field per named column. Two columns never mean the same: the first keeps the standard field. A column of unknown
 * meaning is taken as personal.
 */
export function fieldsOf(headers: readonly string[], prefix: 'row.' | ''): readonly Field[] {
  const taken = new Set<string>();
  return headers
    .filter(header => header !== '')
    .map(header => {
      const known = standards.get(plain(header));
      const free = known !== undefined && !taken.has(known.standard);
      if (free) taken.add(known.standard);
      return {
        name: `${prefix}${columnKey(header)}`,
        label: header,
        description: `Column "${header}"`,
        type: known && dates.has(known.standard) ? 'date' : 'text',
        sensitivity: known?.sensitivity ?? 'personal',
        ...(free ? {standard: known.standard} : {}),
      };
    });
}

/** How headers are compared: `E-mail`, `e mail` and `EMAIL` are one. */
export function plain(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
