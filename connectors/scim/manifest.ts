// Any directory that speaks SCIM 2.0, and the many products that take their users that way.
import type {Manifest, Resource} from '../../src/connector/index.ts';
import {groupFields, userFields} from './fields.ts';

/** Of one server, whatever the kind of record. Few say what they bear; this is what small ones do. */
const limits = {concurrency: 4, snapshotFrom: 100} as const;

const user: Resource = {
  name: 'user',
  label: 'user',
  plural: 'users',
  description: 'A person who may sign in, or could.',
  capabilities: ['read', 'get', 'find', 'snapshot', 'create', 'update', 'deactivate', 'reactivate'],
  fields: userFields,
  keys: [
    {name: 'externalId', label: 'External ID', fields: ['externalId'], strength: 'sure'},
    {name: 'userName', label: 'User name', fields: ['userName'], strength: 'sure'},
    {name: 'workEmail', label: 'Work e-mail', fields: ['workEmail'], strength: 'likely'},
  ],
  settleSeconds: 5,
  uniqueness: 'not_relied_upon',
  steps: ['write'],
  limits,
  aboutPerson: true,
};

const group: Resource = {
  name: 'group',
  label: 'group',
  plural: 'groups',
  description: 'A group of users, such as a department.',
  capabilities: ['read', 'get', 'find', 'snapshot', 'create', 'update'],
  fields: groupFields,
  keys: [
    {name: 'externalId', label: 'External ID', fields: ['externalId'], strength: 'sure'},
    {name: 'displayName', label: 'Name', fields: ['displayName'], strength: 'sure'},
  ],
  settleSeconds: 5,
  uniqueness: 'not_relied_upon',
  steps: ['write'],
  limits,
  aboutPerson: false,
};

export const manifest: Manifest = {
  id: 'scim',
  name: 'SCIM directory',
  listing: {
    summary: 'Creates, updates and deactivates users in any directory or product that speaks SCIM 2.0.',
    categories: ['Identity', 'Provisioning'],
    maker: 'own',
    developer: 'Muster contributors',
    support: 'https://www.rfc-editor.org/rfc/rfc7644',
    permissions: ['Read users and groups', 'Create and change users and groups'],
    price: 'Free',
    monitors: false,
  },
  settings: [
    {
      name: 'baseUrl',
      label: 'Address',
      description: 'The SCIM address of the directory, without /Users at its end.',
      type: 'url',
      required: true,
      placeholder: 'https://directory.example.com/scim/v2',
    },
    {
      name: 'externalId',
      label: 'External ID',
      description: 'Whether people are recognised by the external ID, or another system uses it already.',
      type: 'choice',
      default: 'own',
      choices: [
        {value: 'own', label: 'Muster writes it and recognises people by it'},
        {value: 'foreign', label: 'Another system uses it: leave it alone'},
      ],
    },
  ],
  secrets: [
    {
      name: 'token',
      label: 'Token',
      description: 'The bearer token that the directory issued for this integration.',
      type: 'text',
      required: true,
    },
  ],
  auth: {kind: 'header', header: 'Authorization', secret: 'token', prefix: 'Bearer '},
  baseUrlSetting: 'baseUrl',
  resources: [user, group],
};
