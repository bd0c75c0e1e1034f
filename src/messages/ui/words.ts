// The words for what the API says in codes: phases, statuses, levels, what went wrong on the way.
import {counted} from './plural.ts';

export const words = {
  errors: {
    offline: {message: 'Muster does not answer.', hint: 'Check your network, then try again.'},
    status: (status: number) => `The server answered with ${status}.`,
    unexpected: 'Something went wrong in this page.',
    failed: 'This could not be loaded',
    notFound: 'Not found',
    noSuchPage: 'There is no page at this address.',
    home: 'Go to the first page',
    noPermission: 'You may not see this',
    noRight: 'Your role does not allow this. Ask an owner or admin of the company.',
    again: 'Try again',
    request: 'Request',
  },
  levels: {error: 'Error', warning: 'Warning', info: 'Info'},
  owners: {
    source: 'To be mended in the source system',
    admin: 'To be mended by an admin in Muster',
    destination: 'To be mended in the destination system',
    support: 'To be mended by support',
    nobody: 'Nothing to mend',
  },
  phases: {
    queued: 'Queued',
    in_progress: 'In progress',
    held: 'Held',
    complete: 'Complete',
    skipped: 'Skipped',
    error: 'Error',
  },
  /** In a preview; `complete` is what would be sent. */
  phasesWould: {
    queued: 'Queued',
    in_progress: 'In progress',
    held: 'Would be held',
    complete: 'Would be sent',
    unchanged: 'Would stay unchanged',
    skipped: 'Would be skipped',
    error: 'Would fail',
  },
  operations: {
    show: 'Show',
    create: 'Create',
    update: 'Update',
    link: 'Link',
    deactivate: 'Deactivate',
    reactivate: 'Reactivate',
  },
  runStatuses: {
    queued: 'Queued',
    running: 'Running',
    waiting: 'Waiting',
    held: 'Held',
    complete: 'Complete',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  results: {successful: 'Successful', partially_successful: 'Partially successful', unsuccessful: 'Unsuccessful'},
  /** Of a preview, by how many would fail. */
  resultsWould: {
    successful: () => 'None would fail',
    partially_successful: (failures: number) => `${counted(failures)} would fail`,
    unsuccessful: (failures: number) => `All ${counted(failures)} would fail`,
  },
};
