// Who may write about a run: one worker, and of it only what belongs to the draw at hand. Statement by statement, in the
// orders in which two workers and a person can meet.
import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, test} from 'node:test';
import {sql} from 'kysely';
import {applicants, claimsLeft, type Orchard, openOrchard} from '../../test/support/orchard.ts';
import {runEvents, runSeen} from '../../test/support/runs.ts';
import {isError} from '../errors.ts';
import {drawDoubtful, drawEvents, holdEvents, recoverInProgress, requeueEvents} from '../store/events.ts';
import {settleEvents} from '../store/outcomes.ts';
import {checkLease, findRun, leaseRun, releaseLease, renewLease, saveProgress} from '../store/runs.ts';
import {cancelRun} from './cancel-run.ts';
import {Lease} from './lease.ts';
import {finish, waitFor} from './let-go.ts';
import {planRun} from './plan.ts';
import {prepareRun} from './prepare.ts';
import {finishRun} from './report.ts';

describe('the lease of a run', () => {
  let world: Orchard;
  let runId: string;
  before(async () => {
    world = await openOrchard({workers: false});
    await world.push(applicants(3));
  });
  beforeEach(async () => {
    runId = await world.start();
  });
  after(() => world[Symbol.asyncDispose]());

  const expire = () =>
    world.within(tx => sql`update runs set lease_until = now() - interval '1 second' where id = ${runId}`.execute(tx));
  const end = () => finishRun(world.hub, world.companyId, runId, {status: 'failed'});

  /** A run that is delivering under a lease, its events drawn. */
  async function deliver(lease: Lease) {
    await world.within(tx => leaseRun(tx, runId, lease.id));
    const load = async () => (await world.within(tx => findRun(tx, runId))) ?? assert.fail();
    const prepared = await prepareRun(world.hub, world.companyId, await load());
    await world.within(tx => saveProgress(tx, runId, lease.id, {stage: 'plan', resume: {}, add: {}}));
    await planRun(world.hub, {...prepared, run: await load()}, lease.id, new AbortController().signal, null);
    return prepared;
  }
  const newLease = () => new Lease(world.hub, world.companyId, runId);

  test('is had by one worker, and by another only once it has run out', async () => {
    assert.equal((await world.within(tx => leaseRun(tx, runId, 'a'))).kind, 'mine');
    const busy = await world.within(tx => leaseRun(tx, runId, 'b'));
    assert.ok(busy.kind === 'busy' && busy.seconds > 10 && busy.seconds <= 12);
    await expire();
    assert.equal((await world.within(tx => leaseRun(tx, runId, 'b'))).kind, 'mine');
    assert.equal(await world.within(tx => renewLease(tx, runId, 'a')), false);
    assert.equal(await world.within(tx => checkLease(tx, runId, 'a')), 'lost');
    await world.within(tx => releaseLease(tx, runId, 'a'));
    assert.equal(await world.within(tx => checkLease(tx, runId, 'b')), 'mine');
    await end();
  });

  test('that is renewed at the very moment it is asked for stays where it is', async () => {
    await world.within(tx => leaseRun(tx, runId, 'a'));
    await expire();
    const {promise: renewed, resolve} = Promise.withResolvers<void>();
    const renewing = world.within(async tx => {
      await renewLease(tx, runId, 'a');
      resolve();
      await sql`select pg_sleep(0.3)`.execute(tx); // the other waits for this row meanwhile
    });
    await renewed;
    const asked = await world.within(tx => leaseRun(tx, runId, 'b'));
    await renewing;
    assert.equal(asked.kind, 'busy');
    await end();
  });

  test('that is over or cancelled meanwhile ends in order, whoever is first', async () => {
    const answers = await Promise.allSettled([
      ...Array.from({length: 6}, (_, at) => world.within(tx => leaseRun(tx, runId, `l${at}`))),
      cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Ana'}),
      ...Array.from({length: 6}, (_, at) => world.within(tx => leaseRun(tx, runId, `m${at}`))),
    ]);
    assert.deepEqual(
      answers.filter(({status}) => status === 'rejected'),
      [],
    );
    const {status} = await runSeen(world, runId);
    assert.ok(status === 'cancelled' || status === 'running', status);
    if (status === 'running') await end();
  });

  test('once lost lets nobody finish the run or make it wait', async () => {
    const [mine, theirs] = [newLease(), newLease()];
    await world.within(tx => leaseRun(tx, runId, mine.id));
    await expire();
    await world.within(tx => leaseRun(tx, runId, theirs.id));
    const lost = (error: unknown) => isError(error, 'lease.lost');
    await assert.rejects(finish(world.hub, mine, {status: 'complete'}), lost);
    await assert.rejects(finish(world.hub, mine, {status: 'failed'}), lost);
    await assert.rejects(waitFor(world.hub, mine, {code: 'run.waits_run', params: {}}, 5), lost);
    assert.equal((await runSeen(world, runId)).status, 'running');
    await end();
  });

  test('of a worker that was not heard of lets nothing leave', () => {
    const lease = newLease();
    assert.equal(lease.mayNotLeave(), undefined);
    const realNow = performance.now;
    performance.now = () => realNow.call(performance) + 8_500;
    try {
      assert.ok(isError(lease.mayNotLeave(), 'lease.lost'));
    } finally {
      performance.now = realNow;
    }
  });

  test('taken over puts what was on its way in doubt, and late words about the old draw are not heard', async () => {
    const lease = newLease();
    const {plan, destination} = await deliver(lease);
    const {drawn} = await world.within(tx => drawEvents(tx, runId, 2));
    const [one, two] = drawn;
    assert.ok(one && two);
    const why = {code: 'event.interrupted', params: {connection: destination.connection.name}};
    assert.equal(await world.within(tx => recoverInProgress(tx, runId, 0, why)), 2);
    const late = {id: one.id, draw: one.draw, reason: why};
    const memory = {settled: true, reasonHash: Buffer.alloc(16), errors: 0, warnings: 0, infos: 0};
    const outcome = {
      ...late,
      phase: 'complete' as const,
      status: 201,
      issues: [],
      destinationId: 'E1',
      durationMs: 1,
      memory,
    };
    assert.deepEqual(await world.within(tx => settleEvents(tx, plan.context, 'test', [outcome])), []);
    assert.equal(await world.within(tx => holdEvents(tx, [late])), 0);
    const again = {...late, afterSeconds: 0, doubtful: false, counts: true, status: null};
    await world.within(tx => requeueEvents(tx, [again]));
    const doubtful = await world.within(tx => drawDoubtful(tx, runId, 10));
    assert.deepEqual(doubtful.map(({id}) => id).toSorted(), [one.id, two.id]);
    assert.ok(doubtful.every(({reason}) => reason?.code === 'event.interrupted'));
    assert.equal((await world.within(tx => drawEvents(tx, runId, 10))).drawn.length, 1); // the third, which never left
    assert.ok((await claimsLeft(world)) > 0);

    // The run breaks: what nobody will look up any more is left to a person, and still claimed.
    await end();
    const run = await runSeen(world, runId);
    assert.deepEqual([run.status, run.held, run.failures], ['failed', 3, 3]);
    assert.deepEqual([...new Set(Object.values(await runEvents(world, runId)))], ['held event.cannot_verify']);
    assert.equal(await claimsLeft(world), 6);
  });
});
