// Every text a person reads, by code: errors (src/errors.ts), issues of a record, reasons of an event, findings of a check.
// Rules, linted by en.test.ts: one sentence, at most 160 characters once filled, what is wrong and what is wanted.
import {connectionsEn} from './en/connections.ts';
import {installationEn} from './en/installation.ts';
import {mappingEn} from './en/mapping.ts';
import {runsEn} from './en/runs.ts';

export const en = {...installationEn, ...connectionsEn, ...mappingEn, ...runsEn} as const;
