// Tests a connection, as a person does before trusting it, and keeps what came of it. One that passes again after it had
// stopped lets the runs that wait for it go on.
import {checkConnection as runCheck} from '../connector/check.ts';
import type {Finding} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {isError, MusterError} from '../errors.ts';
import type {Reason} from '../model/event.ts';
import {insertCalls, type NewCall} from '../store/calls.ts';
import {type ConnectionRow, findConnection, markConnected, markUnfit} from '../store/connections.ts';
import {openContext} from './context.ts';
import type {Hub} from './hub.ts';
import {resumeRuns} from './resume.ts';

/** Long enough for a slow system, short enough for a person who waits for the answer. */
const timeoutSeconds = 25;

export type Checked = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** As it is now. */
  readonly connection: ConnectionRow;
};

/**
 * Never inside a transaction: it calls the other system.
 * @throws MusterError `request.not_found`, `connector.unknown`
 */
export async function checkConnection(hub: Hub, companyId: string, connectionId: string): Promise<Checked> {
  const row = await inCompany(hub.db, companyId, tx => findConnection(tx, connectionId));
  if (!row) throw new MusterError('request.not_found', {params: {what: 'connection'}});
  const calls: NewCall[] = [];
  const findings = await look(hub, companyId, row, call =>
    calls.push({call, connectionId, runId: null, eventId: null, attempt: 1}),
  );
  const reason = firstProblem(findings);
  const change = await inCompany(hub.db, companyId, async tx => {
    await insertCalls(tx, calls);
    return reason ? markUnfit(tx, connectionId, reason) : markConnected(tx, connectionId);
  });
  if (!change) throw new MusterError('request.not_found', {params: {what: 'connection'}});
  if (!reason && change.before !== 'connected') await resumeRuns(hub, companyId, connectionId);
  return {ok: !reason, findings, connection: change.connection};
}

/** Why the connection does not work, or undefined: the same test, but nothing is kept of it. */
export async function lookAtConnection(
  hub: Hub,
  companyId: string,
  connection: ConnectionRow,
): Promise<Reason | undefined> {
  return firstProblem(await look(hub, companyId, connection, () => {}));
}

async function look(
  hub: Hub,
  companyId: string,
  connection: ConnectionRow,
  recorder: (call: NewCall['call']) => void,
): Promise<readonly Finding[]> {
  const connector = hub.connectors.get(connection.connector);
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  await using context = await openContext(hub, companyId, connection, {signal, recorder});
  if (!connector) return []; // openContext has just refused it
  try {
    return await runCheck(connector, context);
  } catch (error) {
    if (!signal.aborted || (isError(error) && error.kind === 'bug')) throw error;
    const params = {connection: connection.name, seconds: timeoutSeconds};
    return [{level: 'error', code: 'connection.timed_out', params, owner: 'destination'}];
  }
}

function firstProblem(findings: readonly Finding[]): Reason | undefined {
  const problem = findings.find(({level}) => level === 'error');
  return problem && {code: problem.code, params: problem.params};
}
