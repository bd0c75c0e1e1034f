// The sample company's people: a thousand seasonal workers with the awkward cases that real files have. The same every
// time, and each knows how it must end, so that the demo can say whether it did.

export type Ending =
  | 'created'
  | 'created, confirmed by looking'
  | 'in Hectre already'
  | 'same e-mail as another, not sent'
  | 'not accepted, not included'
  | 'refused: phone number'
  | 'refused: no e-mail';

export type SamplePerson = {
  readonly id: string;
  readonly personId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phone: string;
  readonly dateOfBirth: string;
  readonly jobTitle: string;
  readonly startDate: string;
  readonly payRate: string;
  readonly status: string;
  readonly ending: Ending;
};

const given = [
  'Aroha',
  'Wiremu',
  'Zoë',
  'José',
  'Siobhán',
  'Ngaire',
  'Malia',
  'Sione',
  'Priya',
  'Łukasz',
  'Anaïs',
  'Tāne',
  'Mei',
  'Björn',
  'Fatima',
  'Kiri',
  'Dmitri',
  'Leilani',
  'Tomás',
  'Hana',
];
const family = [
  "O'Brien",
  'Ngāta',
  'van der Berg',
  'Müller',
  "D'Souza",
  'Smith-Jones',
  'Tuilagi',
  'Patel',
  'García',
  'Nguyễn',
  'Kowalski',
  'MacGregor',
  'Ōkawa',
  'Faʻafua',
  'Lindqvist',
  'Singh',
  'Herangi',
  'de la Cruz',
  'Tamihana',
  'Brown',
];
const jobs = ['Picker', 'Packer', 'Thinner', 'Tractor driver', 'Quality controller'];
const payRates = ['23.15', '24', '27.50', '26.05'];
const undecided = ['invited', 'in progress', 'offered', 'declined', 'cancelled'];

/** Exactly 1,000, in the order of their ids. */
export function samplePeople(): readonly SamplePerson[] {
  return Array.from({length: 1000}, (_, at) => ({...ordinary(at), ...(special[at + 1] ?? {})}));
}

function ordinary(at: number): SamplePerson {
  const [first, last] = [pick(given, at), pick(family, Math.floor(at / given.length) + at)];
  const status =
    at % 25 === 24
      ? pick(undecided, at / 25)
      : pick(['accepted', 'accepted', 'completed', 'accepted', 'terminated'], at);
  return {
    id: `A-${String(at + 1).padStart(4, '0')}`,
    personId: '',
    givenName: first,
    familyName: last,
    email: `${plain(first)}.${plain(last)}${at + 1}@example.com`,
    phone: phoneOf(at),
    // One in twenty never gave a birthday.
    dateOfBirth: at % 20 === 7 ? '' : `${1960 + (at % 45)}-${two(1 + (at % 12))}-${two(1 + (at % 28))}`,
    jobTitle: pick(jobs, at),
    startDate: `2027-0${1 + (at % 3)}-${two(1 + (at % 28))}`,
    payRate: pick(payRates, at),
    status,
    ending: undecided.includes(status) ? 'not accepted, not included' : 'created',
  };
}

/** By place in the file, from 1. */
const special: {readonly [place: number]: Partial<SamplePerson>} = {
  // One e-mail in two cases, on two applications without a person's id.
  101: {
    givenName: 'Rangi',
    familyName: 'Parata',
    email: 'rangi.parata@example.com',
    status: 'accepted',
    ending: 'created',
  },
  102: {
    givenName: 'Rangi',
    familyName: 'Parata',
    email: 'Rangi.Parata@Example.COM',
    status: 'accepted',
    ending: 'same e-mail as another, not sent',
  },
  // A couple who share an e-mail.
  201: {
    givenName: 'Hemi',
    familyName: 'Walker',
    email: 'thewalkers@example.com',
    status: 'accepted',
    ending: 'created',
  },
  202: {
    givenName: 'Moana',
    familyName: 'Walker',
    email: 'thewalkers@example.com',
    status: 'accepted',
    ending: 'same e-mail as another, not sent',
  },
  // Two applications of one person.
  301: {
    personId: 'P-77',
    givenName: 'Ana',
    familyName: 'Fonoti',
    email: 'ana.fonoti@example.com',
    status: 'completed',
    ending: 'created',
  },
  302: {
    personId: 'P-77',
    givenName: 'Ana',
    familyName: 'Fonoti',
    email: 'ana.fonoti@example.com',
    status: 'accepted',
    ending: 'same e-mail as another, not sent',
  },
  // One who is in Hectre already.
  401: {
    givenName: 'Grace',
    familyName: 'Taumata',
    email: 'grace.taumata@example.com',
    status: 'accepted',
    ending: 'in Hectre already',
  },
  // Names that make the emulator refuse for a while, fail before storing, or fail after.
  501: {givenName: 'Nikau', familyName: 'Ratelimit', email: 'nikau@example.com', status: 'accepted', ending: 'created'},
  502: {
    givenName: 'Willow',
    familyName: 'Failbefore',
    email: 'willow@example.com',
    status: 'accepted',
    ending: 'created',
  },
  503: {
    givenName: 'Amiria',
    familyName: 'Failafter',
    email: 'amiria@example.com',
    status: 'accepted',
    ending: 'created, confirmed by looking',
  },
  // The three who need somebody.
  601: {
    givenName: 'Tama',
    familyName: 'Kingi',
    phone: '+64 21 555 0100 / 555 0101',
    email: 'tama.kingi@example.com',
    status: 'accepted',
    ending: 'refused: phone number',
  },
  602: {
    givenName: 'Ioana',
    familyName: 'Popescu',
    phone: '+64 21 555 0102 555 0103',
    email: 'ioana.popescu@example.com',
    status: 'accepted',
    ending: 'refused: phone number',
  },
  603: {givenName: 'Sam', familyName: 'Whaanga', email: '', status: 'accepted', ending: 'refused: no e-mail'},
};

/** As the emulator knows the one who is there already. */
export const alreadyThere = {firstName: 'Grace', lastName: 'Taumata', email: 'grace.taumata@example.com'};

/** The file that somebody would export from a recruiting system. */
export function peopleCsv(people: readonly SamplePerson[]): string {
  const header = [
    'ID',
    'Person ID',
    'First name',
    'Last name',
    'E-mail',
    'Phone',
    'Date of birth',
    'Job title',
    'Start date',
    'Pay rate',
    'Status',
  ];
  const rows = people.map(one => [
    one.id,
    one.personId,
    one.givenName,
    one.familyName,
    one.email,
    one.phone,
    one.dateOfBirth,
    one.jobTitle,
    one.startDate,
    one.payRate,
    one.status,
  ]);
  return `${[header, ...rows].map(row => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** New Zealand mobiles as people write them: with +64 and double spaces, with a leading zero, with dashes. */
function phoneOf(at: number): string {
  const [head, tail] = [String(200 + (at % 700)), String(1000 + ((at * 7) % 9000))];
  const forms = [
    `+64 21  ${head}  ${tail}`,
    `021 ${head} ${tail}`,
    `0064 21 ${head}${tail}`,
    `+6421${head}${tail}`,
    `(021) ${head}-${tail}`,
  ];
  return pick(forms, at);
}

function pick<T>(list: readonly T[], at: number): T {
  const found = list[Math.floor(at) % list.length];
  if (found === undefined) throw new RangeError('an empty list');
  return found;
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
