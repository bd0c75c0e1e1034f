// Texts of runs and of what happened to each record.
import {counted, plural} from './plural.ts';

type Totals = {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly linked: number;
  readonly deactivated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failures: number;
};

export const runs = {
  history: {
    title: 'History',
    about: 'Every run and preview, the newest first.',
    empty: {
      title: 'No runs yet',
      text: 'Runs and previews of your syncs appear here, with what happened to each record.',
    },
    noneFound: {title: 'Nothing found', text: 'No run matches these filters.'},
    allSyncs: 'All syncs',
    allStatuses: 'All statuses',
  },
  runs: {
    sync: 'Sync',
    status: 'Status',
    started: 'Started',
    notStarted: 'Not started',
    duration: 'Duration',
    by: 'By',
    total: 'Total',
    errors: 'Errors',
    warnings: 'Warnings',
    failures: 'Failures',
    failureCount: (count: number) => `· ${plural(count, 'failure', 'failures')}`,
    save: 'Run',
    run: 'Run',
    preview: 'Preview',
    start: 'Start run',
    startPreview: 'Start preview',
    startTitle: (sync: string) => `Run ${sync}?`,
    previewTitle: (sync: string) => `Preview ${sync}?`,
    startAbout: {
      create: (from: string, to: string) =>
        `Everyone included in ${from} who is not in ${to} yet will be created there. Nobody who exists is touched.`,
      upsert: (from: string, to: string) => `Everyone included in ${from} will be created or updated in ${to}.`,
      mirror: (from: string, to: string) =>
        `Everyone included in ${from} will be created or updated in ${to}, and those who left are deactivated there.`,
    },
    previewAbout: (from: string, to: string) =>
      `Reads ${from}, looks at ${to}, and shows for each record what a run would do. Nothing is written.`,
    lastPreviewSaid: 'The last preview of this version:',
    see: 'See it',
    wouldDo: (totals: Totals) => {
      const parts = [
        [totals.created, 'would be created'],
        [totals.updated, 'would be updated'],
        [totals.linked, 'would be linked'],
        [totals.deactivated, 'would be deactivated'],
        [totals.unchanged, 'would stay unchanged'],
        [totals.skipped, 'would be skipped'],
        [totals.failures, 'would fail or be held'],
      ] as const;
      const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${counted(count)} ${what}`);
      return said.length
        ? `Of ${plural(totals.total, 'record', 'records')}: ${said.join(', ')}.`
        : 'It found no records.';
    },
    notPreviewed:
      'This version has not been previewed, so it is not known how many this will change. A preview shows it first.',
    busy: 'A run of this sync is not over yet; this one will wait for it.',
    startedBy: 'Started by',
    openSync: 'Open sync',
    noGuarantee:
      'This is a preview: nothing was written. It is no guarantee: a run later may find other data, and only the destination itself can refuse values or say that someone exists.',
    stages: {read: 'Reading the source', plan: 'Planning', deliver: 'Delivering', done: 'Finishing'},
    considered: (count: string) => `${count} records so far`,
    settledOf: (done: string, total: string) => `${done} of ${total} records`,
    rate: (count: string) => `${count} a second`,
    left: (time: string) => `about ${time} left`,
    progress: 'Progress',
    counters: 'Outcome',
    countersWould: 'Expected outcome',
    totals: {
      total: 'records',
      created: 'created',
      updated: 'updated',
      linked: 'linked',
      deactivated: 'deactivated',
      unchanged: 'unchanged',
      skipped: 'skipped',
      held: 'held',
      failures: 'failures',
    },
    totalsWould: {
      total: 'would be considered',
      created: 'would be created',
      updated: 'would be updated',
      linked: 'would be linked',
      deactivated: 'would be deactivated',
      unchanged: 'would stay unchanged',
      skipped: 'would be skipped',
      held: 'would be held',
      failures: 'would fail',
    },
    issueCounts: (errors: number, warnings: number, infos: number) =>
      `${plural(errors, 'error', 'errors')}, ${plural(warnings, 'warning', 'warnings')}, ${plural(infos, 'remark', 'remarks')} on fields and records`,
    issueCountsWould: (errors: number, warnings: number, infos: number) =>
      `There would be ${plural(errors, 'error', 'errors')}, ${plural(warnings, 'warning', 'warnings')}, ${plural(infos, 'remark', 'remarks')} on fields and records`,
    wouldBe: 'would be',
    problems: 'Problems',
    forExample: (message: string) => `For example “${message}”:`,
    problemsAbout: 'The most frequent first. Each leads to its records.',
    unchangedSince: (count: number) => `${plural(count, 'record is', 'records are')} unchanged since`,
    unchangedRun: 'the run before',
    unchangedAbout: 'and not listed again.',
    records: (count: number, shown: string) => `${shown} ${count === 1 ? 'record' : 'records'}`,
    release: 'Release run',
    releaseTitle: 'Release this run?',
    releaseAbout: (pending: string) =>
      `What it planned is done: ${pending} records are sent. To leave it, cancel the run; nothing of it is sent then.`,
    apply: 'Apply this plan',
    applyTitle: 'Apply this plan?',
    applyAbout:
      'Exactly what this preview showed is done, and nothing else. Records that have changed since are skipped and listed.',
    cancel: 'Cancel run',
    cancelTitle: 'Cancel this run?',
    cancelAbout: (pending: string | null) =>
      `What is done stays done. ${pending === null ? 'Records that wait' : `The ${pending} records that still wait`} will not be sent; each says so in the history.`,
  },
  events: {
    title: 'Records',
    empty: {title: 'No records yet', text: 'Each record appears here with what happened to it.'},
    sourceEmpty: {title: 'No records', text: 'The source had no records for this run.'},
    endedEarly: {title: 'No records', text: 'It ended before it looked at any record.'},
    nothingNew: {
      title: 'Nothing new',
      text: 'What is counted above and not listed here is as it was in the run before.',
    },
    noneFound: {title: 'Nothing found', text: 'No record of this run matches these filters.'},
    record: 'Record',
    recordId: 'Record id',
    phase: 'Phase',
    operation: 'Operation',
    message: 'Message',
    outcome: 'Outcome',
    at: 'When',
    search: 'Search by name or id',
    phaseGroups: {'error,held': 'Failures (error or held)'},
    phaseGroupsWould: {complete: 'Would be sent or stay unchanged', 'error,held': 'Would fail or be held'},
    allPhases: 'All phases',
    allOperations: 'All operations',
    clear: 'Clear filters',
    clearIssue: (problem: string) => `Clear filters (${problem})`,
    status: (status: number) => `status ${status}`,
    issues: 'Issues',
    values: 'Values',
    field: 'Field',
    value: 'Value',
    before: 'As it was before',
    becomes: 'becomes',
    valueStates: {refused: 'Refused', missing: 'Missing'},
    from: 'From',
    calls: 'Calls',
    noCalls: 'No call was made to the other system.',
    request: 'Request body',
    response: 'Response body',
    attempt: (attempt: number) => `attempt ${attempt}`,
    destination: 'In the destination',
    destinationId: 'Destination id',
    openDestination: 'Open there',
    openPerson: 'Open person',
    sourceRecord: 'Source record as it is today',
    id: 'Event id',
  },
};
