// CSV files for whatever has no connector of its own: received ones are a source, written ones a destination. The
// columns are not known before a file or the settings name them, so `describe` gives the fields.
import type {Manifest} from '../../src/connector/index.ts';

export const manifest: Manifest = {
  id: 'file',
  name: 'CSV file',
  listing: {
    summary: 'Reads people from an uploaded CSV file, or writes a CSV file with columns of your choice.',
    categories: ['Files'],
    maker: 'own',
    developer: 'Muster contributors',
    support: 'https://www.rfc-editor.org/rfc/rfc4180',
    permissions: [],
    price: 'Free',
    monitors: false,
  },
  builtIn: true,
  receivesFiles: true,
  settings: [
    {
      name: 'use',
      label: 'Use',
      description: 'Whether files are received and read here, or written.',
      type: 'choice',
      default: 'source',
      choices: [
        {value: 'source', label: 'Read the latest file received'},
        {value: 'destination', label: 'Write a file for each run'},
      ],
    },
    {
      name: 'idColumn',
      label: 'Column that identifies a row',
      description: 'The header of a column whose value is different in each row and stays the same from file to file.',
      type: 'text',
      required: true,
      placeholder: 'Employee number',
      visibleIf: {setting: 'use', in: ['source']},
    },
    {
      name: 'columns',
      label: 'Columns',
      description: 'Headers of the file that is written, in order.',
      type: 'list',
      required: true,
      visibleIf: {setting: 'use', in: ['destination']},
    },
    {
      name: 'delimiter',
      label: 'Delimiter',
      description: 'What separates the columns. Left out, it is told from the header line; a comma in files written.',
      type: 'choice',
      choices: [
        {value: ',', label: 'Comma'},
        {value: ';', label: 'Semicolon'},
        {value: '\t', label: 'Tab'},
        {value: '|', label: 'Vertical bar'},
      ],
    },
  ],
  secrets: [],
  auth: {kind: 'none'},
  resources: [
    {
      name: 'row',
      label: 'row',
      plural: 'rows',
      description: 'One line of the file: one person.',
      capabilities: ['read', 'files'],
      fields: [],
      keys: [],
      settleSeconds: 0,
      uniqueness: 'not_relied_upon',
      steps: [],
      limits: {concurrency: 1},
      aboutPerson: true,
    },
  ],
};
