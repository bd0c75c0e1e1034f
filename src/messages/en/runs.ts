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
  'sync.mode_unsupported': {
    text: '{connector} cannot be used in mode {mode}.',
    hint: 'Choose one of: {known}.',
    owner: 'admin',
  },
  'run.not_cancellable': {text: 'The run is over already.', hint: 'Nothing is left to cancel.', owner: 'nobody'},
  'run.plan_unusable': {
    text: 'This is not a finished preview whose plan could be applied.',
    hint: 'Preview the sync, then apply that plan.',
    owner: 'nobody',
  },
  'run.not_held': {text: 'The run is not held.', hint: 'Look at it again.', owner: 'nobody'},
  'run.over_deactivations': {
    text: 'Held: {count} of {of} would be deactivated, more than {limit}.',
    hint: 'Look at who they are, then release or cancel the run.',
    owner: 'admin',
  },
  'run.over_creations': {
    text: 'Held: {count} would be created, more than {limit}; {of} is usual.',
    hint: 'Look at who they are, then release or cancel the run.',
    owner: 'admin',
  },
  'run.over_deactivations_preview': {
    text: 'A run would be held: {count} of {of} would be deactivated, more than {limit}.',
    hint: 'Look at who they are before you run it.',
    owner: 'admin',
  },
  'run.over_creations_preview': {
    text: 'A run would be held: {count} would be created, more than {limit}; {of} is usual.',
    hint: 'Look at who they are before you run it.',
    owner: 'admin',
  },
  'run.cancelled': {text: 'Cancelled by {who}.', hint: 'Run it again to send what is left.', owner: 'nobody'},
  'run.nothing_to_retry': {
    text: 'None of the records that failed can be tried again.',
    hint: 'Records that have left their source or wait for a decision are left out.',
    owner: 'nobody',
  },
  'run.too_many_to_retry': {
    text: 'More than {limit} records failed.',
    hint: 'Run the sync instead: it tries each of them again.',
    owner: 'nobody',
  },
  'event.not_retryable': {
    text: 'Only what failed or was skipped in a run can be tried again.',
    hint: 'Run the sync to look at all records anew.',
    owner: 'nobody',
  },
  'event.record_held': {
    text: 'This record waits for a decision in another event.',
    hint: 'Decide {event} first.',
    owner: 'admin',
  },
  'event.record_gone': {
    text: 'The record is no longer in its source.',
    hint: 'Bring it back there first.',
    owner: 'source',
  },
  'event.not_held': {
    text: 'This event no longer waits for a decision.',
    hint: 'Load it again to see what became of it.',
    owner: 'nobody',
  },
  'event.still_blocked': {
    text: 'The event before it ({record}) is not decided yet.',
    general: 'The event before it is not decided yet.',
    hint: 'Decide that event; this one then goes on by itself.',
    owner: 'admin',
  },
  'event.decision_unfit': {
    text: 'That cannot be decided about this event.',
    hint: 'Possible here: {known}.',
    owner: 'nobody',
  },
  'link.taken': {
    text: '{destinationId} in {connection} is {record} already.',
    hint: 'Remove that link first if it is wrong.',
    owner: 'admin',
  },
  'link.exists': {
    text: 'This record is {destinationId} in {connection} already.',
    hint: 'Remove that link first if it is wrong.',
    owner: 'admin',
  },
  'link.resource_unknown': {
    text: '{connection} has no {name}.',
    hint: 'Choose another kind of record.',
    owner: 'admin',
  },
  'lease.lost': {text: 'Another worker took over this work.', hint: 'Nothing to do.', owner: 'nobody'},
  'expression.invalid': {
    text: 'The expression cannot be used.',
    hint: 'Correct the places named under issues.',
    owner: 'admin',
  },

  // matching and deciding
  'match.shared_key': {
    text: '{label} is the same as that of record {other}, which goes first; nothing sent',
    general: 'Shares its identifier with another record, which goes first; nothing sent',
    hint: 'If they are two people, give each their own {label}.',
    owner: 'source',
  },
  'match.shared_record': {
    text: 'Is in {connection} already as {destinationId}, which is record {other}; nothing sent.',
    general: 'Is in {connection} already, as another record; nothing sent.',
    hint: 'If they are two people, give each their own identifier.',
    owner: 'source',
  },
  'match.exists': {
    text: 'Exists already in {connection} as {destinationId}; nothing sent.',
    general: 'Exists already in {connection}; nothing sent.',
    hint: '',
    owner: 'nobody',
  },
  'match.linked': {
    text: 'Is in {connection} already as {destinationId}; this sync never changes existing records.',
    general: 'Is in {connection} already; this sync never changes existing records.',
    hint: '',
    owner: 'nobody',
  },
  'match.likely': {
    text: 'Probably in {connection} already as {destinationId} (same {label}); nothing sent.',
    general: 'Probably in {connection} already; nothing sent.',
    hint: 'Compare them; if they are two people, correct the shared value.',
    owner: 'admin',
  },
  'match.likely_held': {
    text: 'Probably in {connection} as {destinationId} (same {label}); waits for a decision.',
    general: 'Probably in {connection} already; waits for a decision.',
    hint: 'Compare them, then link them or create a new one.',
    owner: 'admin',
  },
  'match.shared_held': {
    text: '{label} is the same as that of record {other}; both wait for a decision.',
    general: 'Shares a key with another record; all of them wait for a decision.',
    hint: 'If they are two people, give each their own {label}.',
    owner: 'source',
  },
  'match.ambiguous': {
    text: 'Several records in {connection} fit: {candidates}',
    general: 'Several records in {connection} fit',
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
  'event.updated': {text: 'Updated in {connection}.', hint: '', owner: 'nobody'},
  'event.deactivated': {text: 'Deactivated in {connection}.', hint: '', owner: 'nobody'},
  'event.reactivated': {text: 'Active again in {connection}.', hint: '', owner: 'nobody'},
  'event.linked': {
    text: 'Is in {connection} as {destinationId}, with the same values; linked.',
    general: 'Is in {connection} with the same values; linked.',
    hint: '',
    owner: 'nobody',
  },
  'event.unchanged': {text: 'As it is in {connection}; no changes made.', hint: '', owner: 'nobody'},
  'event.would_update': {
    text: 'Would be updated in {connection}: {count} to change.',
    general: 'Would be updated in {connection}.',
    hint: '',
    owner: 'nobody',
  },
  'event.would_deactivate': {
    text: 'Would be deactivated in {connection}: {clause} is no longer so.',
    general: 'Would be deactivated in {connection}: no longer included.',
    hint: '',
    owner: 'nobody',
  },
  'event.would_deactivate_gone': {
    text: 'Would be deactivated in {connection}: no longer in the source.',
    hint: '',
    owner: 'nobody',
  },
  'event.would_reactivate': {text: 'Would be active again in {connection}.', hint: '', owner: 'nobody'},
  'event.gone_from_source': {text: 'No longer in the source.', hint: '', owner: 'nobody'},
  'event.written_to_file': {text: 'Written to file {file}.', general: 'Written to a file.', hint: '', owner: 'nobody'},
  'event.shown': {text: 'Shown only; nothing sent.', hint: '', owner: 'nobody'},
  'event.invalid': {
    text: 'Cannot be sent: {count} to correct, first {first}',
    general: 'Cannot be sent: there are values to correct',
    hint: 'Correct them in the source and run again.',
    owner: 'source',
  },
  'event.out_of_scope': {
    text: 'Not included: {clause} is not so.',
    general: 'Not included.',
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
    general: 'Waits until an earlier event of the same record is decided.',
    hint: 'Decide that event first.',
    owner: 'admin',
  },
  'event.not_chosen': {text: 'Not sent: others of this plan were chosen.', hint: 'Run it again.', owner: 'nobody'},
  'event.moved_since': {
    text: 'Not sent: this is no longer what the plan showed.',
    hint: 'Preview again to see what would happen now.',
    owner: 'nobody',
  },
  'event.run_failed': {
    text: 'Not sent: the run could not go on.',
    hint: 'See why on the run, then run it again.',
    owner: 'admin',
  },
  'event.superseded': {text: 'Not sent: a newer version of this record went instead.', hint: '', owner: 'nobody'},
  'event.refused': {
    text: '{connection} refused the values: {words}',
    general: '{connection} refused the values',
    hint: 'Correct what it names in the source.',
    owner: 'source',
  },
  'event.conflict': {
    text: '{connection} says that it conflicts with another record: {words}',
    general: '{connection} says that it conflicts with another record',
    hint: 'Compare the two records.',
    owner: 'admin',
  },
  'event.gone': {
    text: 'No longer in {connection}; nothing sent.',
    hint: 'Run again: if the person should be there, they are created anew.',
    owner: 'admin',
  },
  'event.changed_meanwhile': {
    text: 'Was changed in {connection} by somebody else since this was decided; nothing sent.',
    hint: 'Run again: it is then decided by what is there now.',
    owner: 'nobody',
  },
  'event.failed': {
    text: '{connection} answered {status} after {attempts} tries: {words}',
    general: '{connection} answered with an error after all tries.',
    hint: 'Run again later; if it stays, ask the support of that system.',
    owner: 'destination',
  },
  'event.no_answer': {
    text: '{connection} did not answer after {attempts} tries.',
    general: '{connection} did not answer after all tries.',
    hint: 'Run again later; if it stays, ask the support of that system.',
    owner: 'destination',
  },
  'event.cannot_verify': {
    text: 'It is not known whether {connection} stored this record, and it cannot be looked up.',
    hint: 'Look there, then release or skip it.',
    owner: 'admin',
  },
  'event.decided_link': {
    text: '{who} decided: it is {destinationId} in {connection}.',
    general: 'Somebody decided who it is in {connection}.',
    hint: '',
    owner: 'nobody',
  },
  'event.decided_create': {
    text: '{who} decided: it is nobody in {connection} yet.',
    general: 'Somebody decided: it is nobody in {connection} yet.',
    hint: '',
    owner: 'nobody',
  },
  'event.decided_again': {
    text: '{who} decided: send it to {connection} again.',
    general: 'Somebody decided: send it to {connection} again.',
    hint: '',
    owner: 'nobody',
  },
  'event.decided_go_on': {text: 'It need not wait any longer and goes on.', hint: '', owner: 'nobody'},
  'event.decided_skip': {
    text: 'Left out by {who}; nothing sent.',
    general: 'Left out by somebody; nothing sent.',
    hint: 'Runs leave the record out until it changes. Try it again to have it looked at now.',
    owner: 'nobody',
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
  'run.read_failed': {
    text: 'The source could not be read: {why}',
    hint: 'Mend the source and run again.',
    owner: 'admin',
  },
} as const satisfies Record<string, Message>;
