// Texts of people: listed, imported, entered by hand.
import {plural} from './plural.ts';

export const people = {
  people: {
    title: 'People',
    about: 'Everyone in the directory of this company.',
    empty: {
      title: 'Nobody here yet',
      text: 'Import a CSV file, or let another system push its people over the API. One row is one person.',
    },
    noneFound: (search: string) => `No one matches “${search}”.`,
    noDirectory: 'This company has no directory connection.',
    search: 'Search by name or id',
    kind: 'Kind of record',
    name: 'Name',
    received: 'Received',
    issues: 'Issues',
    issueCount: (count: number) => plural(count, 'issue', 'issues'),
    id: 'Id',
    gone: 'Gone from the source',
    data: 'Data',
    dataFrom: (source: string) => `As ${source} has it now.`,
    happened: 'What happened',
    nothingHappened: 'No sync has looked at this record yet.',
    import: 'Import CSV',
    importAs: 'The rows are',
    importAbout:
      'The first line names the columns, as the fields are called. Existing ids are updated, nobody is removed.',
    drop: 'Drop a CSV file here, or',
    csvFile: 'CSV file',
    reading: 'Reading the file',
    read: 'The file is read',
    readFailed: 'The file could not be read',
    counts: (rows: string, accepted: string, issues: number) =>
      `${rows} rows read, ${accepted} accepted, ${plural(issues, 'issue', 'issues')}.`,
    level: 'Level',
    field: 'Field',
    what: 'What is wrong',
    importAnother: 'Import another file',
  },
};
