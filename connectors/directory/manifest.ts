// The company's own people, jobs, applications and placements: filled by push, import or by hand. Its records are
// received, never fetched, so nothing here reads.
import type {Manifest, Resource} from '../../src/connector/index.ts';
import {applicationFields, employmentFields, jobFields, personFields, placementFields} from './fields.ts';

const received = {
  capabilities: ['receive'],
  settleSeconds: 0,
  uniqueness: 'not_relied_upon',
  steps: [],
  limits: {concurrency: 1},
} as const satisfies Partial<Resource>;

const personKeys: Resource['keys'] = [
  {name: 'number', label: 'Employee number', fields: ['employment.number'], strength: 'sure'},
  {name: 'email', label: 'E-mail', fields: ['person.email'], strength: 'likely'},
];

export const manifest: Manifest = {
  id: 'directory',
  name: 'Directory',
  listing: {
    summary: 'Your own people, jobs and applications: pushed over the API, imported from a file or entered by hand.',
    categories: ['Recruiting', 'People'],
    maker: 'own',
    developer: 'Muster contributors',
    support: 'The administrator of this installation',
    permissions: [],
    price: 'Free',
    monitors: false,
  },
  builtIn: true,
  settings: [],
  secrets: [],
  auth: {kind: 'none'},
  resources: [
    {
      name: 'person',
      label: 'person',
      plural: 'people',
      description: 'Someone who works, or may work, for the company.',
      ...received,
      fields: [...personFields, ...employmentFields],
      keys: personKeys,
      aboutPerson: true,
    },
    {
      name: 'job',
      label: 'job',
      plural: 'jobs',
      description: 'Work that people apply for or do.',
      ...received,
      fields: jobFields,
      keys: [],
      aboutPerson: false,
    },
    {
      name: 'application',
      label: 'application',
      plural: 'applications',
      description: "One person's application for one job, with its questions and answers.",
      ...received,
      fields: [...personFields, ...jobFields, ...applicationFields],
      keys: [{name: 'email', label: 'E-mail', fields: ['person.email'], strength: 'likely'}],
      scope: "application.status in ['accepted', 'completed', 'terminated']",
      scopeOnChange: "application.status == 'accepted'",
      aboutPerson: true,
    },
    {
      name: 'placement',
      label: 'placement',
      plural: 'placements',
      description: 'One person placed with one customer.',
      ...received,
      fields: [...personFields, ...employmentFields, ...jobFields, ...placementFields],
      keys: personKeys,
      aboutPerson: true,
    },
  ],
};
