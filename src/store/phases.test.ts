// The table of phases and the database hold each other: every phase and status is put into each table of events, and is
// taken exactly where the table says that it may stand.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {sql} from 'kysely';
import {applicants, type Orchard, openOrchard} from '../../test/support/orchard.ts';
import {inCompany} from '../db/transaction.ts';
import {
  birthPhases,
  finalPhases,
  isFinal,
  mayMove,
  moves,
  openPhases,
  type Phase,
  phases,
  statusFits,
} from '../model/phase.ts';
import {newId} from '../std/ids.ts';

const statuses = [
  null,
  99,
  100,
  101,
  200,
  201,
  202,
  204,
  205,
  302,
  399,
  400,
  409,
  422,
  499,
  500,
  504,
  599,
  600,
] as const;

describe('the phases of an event', () => {
  let world: Orchard;
  let runId: string;
  let recordId: string;
  before(async () => {
    world = await openOrchard({workers: false});
    await world.push(applicants(1));
    runId = await world.start();
    const {rows} = await world.within(tx => sql<{id: string}>`select id from records limit 1`.execute(tx));
    recordId = rows[0]?.id ?? '';
  });
  after(() => world[Symbol.asyncDispose]());

  /** Whether the table takes it; nothing of it stays. */
  async function isTaken(table: 'open_events' | 'events' | 'plan_items', phase: Phase, status: number | null) {
    const open = table === 'open_events';
    const more = open ? sql`, connection_id, resource, entity, key_hashes, claimed_at` : sql``;
    const values = open
      ? sql`, ${world.hectreId}, 'employee', ${recordId}, '{}', ${phase === 'in_progress' ? new Date() : null}::timestamptz`
      : sql``;
    const undo = new Error('undo');
    try {
      await inCompany(world.hub.db, world.companyId, async tx => {
        await sql`
          insert into ${sql.table(table)} (company_id, id, run_id, sync_id, record_id, external_id, leg, operation, phase,
            status, reason_code, reason_params, "values", issues, attempt, record_hash ${more})
          values (${world.companyId}, ${newId('evt')}, ${runId}, ${world.syncId}, ${recordId}, 'A', 'employee', 'create',
            ${phase}, ${status}, 'event.queued', '{}', '{}', '[]', 0, '' ${values})`.execute(tx);
        throw undo;
      });
    } catch (error) {
      if (error === undo) return true;
      assert.match(String(error), /check constraint/);
    }
    return false;
  }

  test('stand where the table says, with the statuses that it says', async () => {
    const wrong: string[] = [];
    for (const phase of phases) {
      for (const status of statuses) {
        const fits = statusFits(phase, status);
        const expected = {
          open_events: fits && !isFinal(phase),
          events: fits && isFinal(phase),
          // a preview creates nothing, and what waits for a person is part of what it says
          plan_items: fits && birthPhases.some(born => born === phase) && phase !== 'queued' && status !== 201,
        };
        for (const table of ['open_events', 'events', 'plan_items'] as const) {
          const taken = await isTaken(table, phase, status);
          if (taken !== expected[table]) wrong.push(`${table} ${phase} ${status} ${taken ? 'taken' : 'refused'}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('are open or final, and only open ones go on', () => {
    assert.deepEqual([...openPhases, ...finalPhases].toSorted(), phases.toSorted());
    for (const from of phases) {
      assert.equal(isFinal(from), moves[from].length === 0);
      for (const to of phases) assert.equal(mayMove(from, to), moves[from].includes(to));
    }
    for (const phase of openPhases) assert.ok(moves[phase].some(isFinal), `${phase} can end`);
  });

  test('history is only added to', async () => {
    for (const change of [sql`delete from events`, sql`update events set phase = 'skipped', status = null`]) {
      await assert.rejects(
        world.within(tx => change.execute(tx)),
        /permission denied/,
      );
    }
  });
});
