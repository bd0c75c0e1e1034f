// Calls to other systems, as they were recorded: bodies are redacted before they get here.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Call} from '../model/call.ts';
import {newId} from '../std/ids.ts';

export type NewCall = {
  readonly call: Call;
  readonly connectionId: string;
  readonly runId: string | null;
  readonly eventId: string | null;
  readonly attempt: number;
};

export async function insertCalls(tx: CompanyTx, calls: readonly NewCall[]): Promise<void> {
  if (calls.length === 0) return;
  const rows = calls.map(({call, connectionId, runId, eventId, attempt}) => ({
    id: newId('cal'),
    connection_id: connectionId,
    run_id: runId,
    event_id: eventId,
    attempt,
    method: call.method,
    path: call.path,
    status: call.status,
    outcome: call.outcome,
    duration_ms: Math.round(call.durationMs),
    request: call.requestBody,
    response: call.responseBody,
    at: call.startedAt,
  }));
  await sql`
    /* kept insert_calls */
    insert into calls (company_id, id, connection_id, run_id, event_id, attempt, method, path, status, outcome, duration_ms,
      request, response, at)
    select ${tx.companyId}, c.id, c.connection_id, c.run_id, c.event_id, c.attempt, c.method, c.path, c.status, c.outcome,
      c.duration_ms, c.request, c.response, c.at
    from json_to_recordset(${jsonText(rows)}::json) as c (id text, connection_id text, run_id text, event_id text,
      attempt int, method text, path text, status int, outcome text, duration_ms int, request json, response json,
      at timestamptz)`.execute(tx);
}
