// Every text of the web app, in English, put together from ui/. A second language is a second file of this shape:
// `typeof ui`.
import {account} from './ui/account.ts';
import {connections} from './ui/connections.ts';
import {decisions} from './ui/decisions.ts';
import {general} from './ui/general.ts';
import {people} from './ui/people.ts';
import {runs} from './ui/runs.ts';
import {schedules} from './ui/schedules.ts';
import {syncs} from './ui/syncs.ts';
import {words} from './ui/words.ts';

export const ui = {
  ...general,
  ...words,
  ...account,
  ...connections,
  ...people,
  ...syncs,
  ...schedules,
  ...runs,
  ...decisions,
};
