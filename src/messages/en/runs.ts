// Texts about syncs, runs and events: why a record is where it is. Rules in ../en.ts.
import type {Message} from '../text.ts';

export const runsEn = {
  // syncs and runs
  'sync.name_taken': {text: 'There is a sync named {name} already.', hint: 'Choose another name.', owner: 'admin'},
  'sync.invalid': {text: 'The sync is not complete.', hint: 'Correct the fields named under issues.', owner: 'admin'},
  'sync.in_use': {text: 'The sync has a run that is not finished.', hint: 'Cancel the run first.', owner: 'admin'},
  'resource.unknown': {text: '{connection} has no {name}.', hint: 'Choose one of: {known}.', owner: 'admin'},
  'resource.gone': {
    text: '{connection} no longer has {name}.',
    hint: 'Look at the connection, or point the sync elsewhere.',
    owner: 'admin',
  },
  'sync.connection_unknown': {
    text: 'There is no such connection in this company.',
    hint: 'Choose another.',
    owner: 'admin',
  },
  'sync.source_unreadable': {
    text: '{connection} cannot be a source of {resource}.',
    hint: 'Choose another connection or another kind of record.',
    owner: 'admin',
  },
  'sync.destination_unwritable': {
    text: '{connection} cannot be a destination of {resource}.',
    hint: 'Choose another connection or another kind of record.',
    owner: 'admin',
  },
  'sync.on_change_unavailable': {
    text: 'Sending on every change is not available yet.',
    hint: 'Leave onChange false and run the sync.',
    owner: 'admin',
  },
  'sync.mode_unsupported': {
    text: '{connector} cannot be used in mode {mode}.',
    hint: 'Choose one of: {known}.',
    owner: 'admin',
  },
  'run.not_cancellable': {text: 'The run is over already.', hint: 'Nothing is left to cancel.', owner: 'nobody'},
  'run.cancelled': {text: 'Cancelled by {who}.', hint: 'Run it again to send what is left.', owner: 'nobody'},
  'event.not_retryable': {text: 'This event is not finished.', hint: 'Wait until it is.', owner: 'nobody'},
  'lease.lost': {text: 'Another worker took over this work.', hint: 'Nothing to do.', owner: 'nobody'},
  'expression.invalid': {
    text: 'The expression cannot be used.',
    hint: 'Correct the places named under issues.',
    owner: 'admin',
  },

  // matching and deciding
  'match.shared_key': {
    text: '{label} is the same as that of record {other}, which goes first; nothing sent',
    hint: 'If they are two people, give each their own {label}.',
    owner: 'source',
  },
  'match.shared_record': {
    text: 'Is in {connection} already as {destinationId}, which is record {other}; nothing sent.',
    hint: 'If they are two people, give each their own identifier.',
    owner: 'source',
  },
  'match.exists': {text: 'Exists already in {connection} as {destinationId}; nothing sent.', hint: '', owner: 'nobody'},
  'match.linked': {
    text: 'Is in {connection} already as {destinationId}; this sync never changes existing records.',
    hint: '',
    owner: 'nobody',
  },
  'match.likely': {
    text: 'Probably in {connection} already as {destinationId} (same {label}); nothing sent.',
    hint: 'Compare them; if they are two people, correct the shared value.',
    owner: 'admin',
  },
  'match.ambiguous': {
    text: 'Several records in {connection} fit: {candidates}',
    hint: 'Choose the right one.',
    owner: 'admin',
  },

  // why an event is where it is
  'event.queued': {text: 'Waiting to be sent.', hint: '', owner: 'nobody'},
  'event.in_progress': {text: 'Being sent.', hint: '', owner: 'nobody'},
  'event.created': {text: 'Created in {connection}.', hint: '', owner: 'nobody'},
  'event.created_confirmed': {text: 'Created in {connection}; found there afterwards.', hint: '', owner: 'nobody'},
  'event.exists': {text: '{connection} says that it exists already; no changes made.', hint: '', owner: 'nobody'},
  'event.would_create': {text: 'Would be created in {connection}.', hint: '', owner: 'nobody'},
  'event.written_to_file': {text: 'Written to file {file}.', hint: '', owner: 'nobody'},
  'event.shown': {text: 'Shown only; nothing sent.', hint: '', owner: 'nobody'},
  'event.invalid': {
    text: 'Not sent: {count} to correct, first {first}',
    hint: 'Correct them in the source and run again.',
    owner: 'source',
  },
  'event.out_of_scope': {
    text: 'Not included: {clause} is not so.',
    hint: 'Nothing to do if that is right.',
    owner: 'nobody',
  },
  'event.cancelled': {text: 'Not sent: the run was cancelled.', hint: 'Run it again.', owner: 'nobody'},
  'event.not_attempted': {
    text: 'Not sent: {connection} stopped answering.',
    hint: 'Test the connection.',
    owner: 'admin',
  },
  'event.interrupted': {
    text: 'Muster stopped while this was on its way to {connection}.',
    hint: 'It is looked up there before it is sent again.',
    owner: 'nobody',
  },
  'event.blocked': {
    text: 'Waits until an earlier event of the same record ({record}) is decided.',
    hint: 'Decide that event first.',
    owner: 'admin',
  },
  'event.run_failed': {
    text: 'Not sent: the run could not go on.',
    hint: 'See why on the run, then run it again.',
    owner: 'admin',
  },
  'event.superseded': {text: 'Not sent: a newer version of this record went instead.', hint: '', owner: 'nobody'},
  'event.refused': {
    text: '{connection} refused the values: {words}',
    hint: 'Correct what it names in the source.',
    owner: 'source',
  },
  'event.conflict': {
    text: '{connection} says that it conflicts with another record: {words}',
    hint: 'Compare the two records.',
    owner: 'admin',
  },
  'event.failed': {
    text: '{connection} answered {status} after {attempts} tries: {words}',
    hint: 'Run again later; if it stays, ask the support of that system.',
    owner: 'destination',
  },
  'event.no_answer': {
    text: '{connection} did not answer after {attempts} tries.',
    hint: 'Run again later; if it stays, ask the support of that system.',
    owner: 'destination',
  },
  'event.cannot_verify': {
    text: 'It is not known whether {connection} stored this record, and it cannot be looked up.',
    hint: 'Look there, then release or skip it.',
    owner: 'admin',
  },
  'event.differs_in_destination': {
    text: 'A record with this key is in {connection} with other values.',
    hint: 'Compare them.',
    owner: 'admin',
  },

  // what a run waits for, and what comes of it
  'run.waits_connection': {
    text: '{connection} is inactive: {why}',
    hint: 'Mend the connection; the run then goes on by itself.',
    owner: 'admin',
  },
  'run.not_looked': {
    text: '{connection} could not be asked who is there already, so some of these may exist.',
    hint: 'Test the connection, then preview again.',
    owner: 'admin',
  },
  'run.waits_rate_limit': {text: 'Rate limit of {connection} until {until}.', hint: '', owner: 'nobody'},
  'run.waits_attempt': {text: '{count} to be tried again at {until}.', hint: '', owner: 'nobody'},
  'run.waits_run': {text: 'Another run of this sync comes first.', hint: '', owner: 'nobody'},
  'run.by_schedule': {text: 'Schedule: {name}', hint: '', owner: 'nobody'},
  'run.by_schedule_late': {text: 'Schedule: {name} (late, was due {due})', hint: '', owner: 'nobody'},
  'schedule.skipped_waiting': {
    text: 'Not started: the run before it had not been done yet.',
    hint: 'Look at what that run waits for, or let the schedule start less often.',
    owner: 'admin',
  },
  'run.read_failed': {
    text: 'The source could not be read: {why}',
    hint: 'Mend the source and run again.',
    owner: 'admin',
  },
} as const satisfies Record<string, Message>;
