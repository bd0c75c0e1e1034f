// A connector for tests of connections, with one setting and one secret of each kind that matters. Its light is on when
// the secret says so; nothing is called.
import {type Connector, type Manifest, MusterError} from '../../src/connector/index.ts';

const manifest: Manifest = {
  id: 'lighthouse',
  name: 'Lighthouse',
  listing: {
    summary: 'Shines.',
    categories: ['Tests'],
    maker: 'own',
    developer: 'Muster contributors',
    support: 'https://example.com',
    permissions: [],
    price: 'Free',
    monitors: false,
  },
  settings: [
    {name: 'address', label: 'Address', description: 'Where it stands.', type: 'url'},
    {
      name: 'colour',
      label: 'Colour',
      description: 'Of its light.',
      type: 'choice',
      default: 'white',
      choices: [
        {value: 'white', label: 'White'},
        {value: 'red', label: 'Red'},
      ],
    },
    {name: 'height', label: 'Height', description: 'In metres.', type: 'number'},
    {
      name: 'rhythm',
      label: 'Rhythm',
      description: 'Of red lights.',
      type: 'text',
      required: true,
      visibleIf: {setting: 'colour', in: ['red']},
    },
  ],
  secrets: [{name: 'password', label: 'Password', description: '"on" is right.', type: 'text', required: true}],
  auth: {kind: 'none'},
  baseUrlSetting: 'address',
  resources: [
    {
      name: 'keeper',
      label: 'keeper',
      plural: 'keepers',
      description: 'Who keeps it.',
      fields: [
        {
          name: 'name',
          label: 'Name',
          description: 'As called.',
          type: 'text',
          required: true,
          constraint: {maxLength: 5},
          sensitivity: 'personal',
        },
      ],
      keys: [{name: 'name', label: 'Name', fields: ['name'], strength: 'likely'}],
      capabilities: ['create', 'find'],
      settleSeconds: 0,
      uniqueness: 'not_relied_upon',
      steps: ['create'],
      limits: {concurrency: 1},
      aboutPerson: true,
    },
  ],
};

export const lighthouse: Connector = {
  manifest,
  async check({connectionName: connection, secrets}) {
    if (secrets['password'] !== 'on') throw new MusterError('connection.credentials_rejected', {params: {connection}});
    return [{level: 'info', code: 'check.passed', params: {connection}, owner: 'nobody'}];
  },
};
