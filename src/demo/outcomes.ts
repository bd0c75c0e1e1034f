// What the demo prints of a run: outcomes by kind, problems by frequency, and whoever did not end as expected.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import {messageText} from '../messages/text.ts';
import type {Ending, SamplePerson} from './people.ts';

type Row = {
  readonly externalId: string;
  readonly phase: string;
  readonly status: number | null;
  readonly code: string;
  readonly fields: string;
};

/** Each person's outcome as the ledger has it: final events, and those that are still open. */
async function outcomes(tx: CompanyTx, runId: string): Promise<readonly Row[]> {
  const {rows} = await sql<Row>`
    select external_id as "externalId", phase, status, coalesce(reason_code, '') as code,
      (select coalesce(string_agg(i ->> 'field', ','), '') from json_array_elements(issues) i where i ->> 'level' = 'error') as fields
    from (
      select external_id, phase, status, reason_code, issues from events where company_id = ${tx.companyId} and run_id = ${runId}
      union all
      select external_id, phase, status, reason_code, issues from open_events where company_id = ${tx.companyId} and run_id = ${runId}
    ) e`.execute(tx);
  return rows;
}

const words: {readonly [code: string]: string} = {
  'event.created': 'created',
  'event.created_confirmed': 'created, and found there after an answer that left it open',
  'match.exists': 'in Hectre already, nothing sent',
  'match.shared_key': 'same e-mail as another, nothing sent',
  'event.out_of_scope': 'not accepted, not included',
  'event.invalid': 'to be corrected, nothing sent',
};

export async function outcomeTable(tx: CompanyTx, runId: string): Promise<string[][]> {
  const kinds = Map.groupBy(await outcomes(tx, runId), ({phase, status, code}) =>
    [phase, status ?? '', code].join('|'),
  );
  const rows = [...kinds].toSorted(([, one], [, other]) => other.length - one.length);
  return [
    ['People', 'Phase', 'Status', 'What happened'],
    ...rows.map(([kind, people]) => {
      const [phase = '', status = '', code = ''] = kind.split('|');
      return [String(people.length), phase, status, words[code] ?? code];
    }),
  ];
}

/** The three most frequent, in the catalogue's words. */
export async function topProblems(tx: CompanyTx, runId: string): Promise<string[][]> {
  const {rows} = await sql<{code: string; events: number; params: Record<string, string | number>}>`
    select i ->> 'code' as code, count(distinct e.id) as events, (array_agg(i -> 'params'))[1] as params
    from events e, json_array_elements(e.issues) i
    where e.company_id = ${tx.companyId} and e.run_id = ${runId} and i ->> 'level' <> 'info'
    group by 1 order by 2 desc, 1 limit 3`.execute(tx);
  return rows.map(({code, events, params}) => [
    String(events),
    `${messageText(code, params).text}${events > 1 ? ` (one of ${events})` : ''}`,
  ]);
}

const expected: {readonly [E in Ending]: string} = {
  created: 'complete 201',
  'created, confirmed by looking': 'complete 201 event.created_confirmed',
  'in Hectre already': 'complete 204 match.exists',
  'same e-mail as another, not sent': 'complete 204 match.shared_key',
  'not accepted, not included': 'skipped event.out_of_scope',
  'refused: phone number': 'error 400 event.invalid phoneNumber',
  'refused: no e-mail': 'error 400 event.invalid employeeId',
};

/** A line for each person whose outcome is not the one that the sample expects. */
export async function compareEndings(
  tx: CompanyTx,
  runId: string,
  people: readonly SamplePerson[],
): Promise<readonly string[]> {
  const ended = new Map((await outcomes(tx, runId)).map(row => [row.externalId, row]));
  return people.flatMap(({id, ending}) => {
    const row = ended.get(id);
    const said = row
      ? [row.phase, row.status, row.code, row.fields].filter(part => part !== null && part !== '').join(' ')
      : 'no event';
    return said.startsWith(expected[ending]) ? [] : [`${id} should be ${ending} and is ${said}`];
  });
}
