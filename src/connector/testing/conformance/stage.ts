// What every part of the suite needs: a fresh emulator and world per test, and all that was recorded for the last part.
import {strict as assert} from 'node:assert';
import type {Resource} from '../../../model/resource.ts';
import {isJsonObject, type Json} from '../../../std/json.ts';
import type {Connector, Page} from '../../contract.ts';
import {instantClock} from '../clocks.ts';
import type {Conformance, ConformanceEmulator} from '../conformance.ts';
import {openWorld, type World} from '../world.ts';

export type Scene = World & {readonly emulator: ConformanceEmulator | undefined};
export type SceneOptions = {
  readonly records?: number;
  readonly pageSize?: number;
  readonly timeoutMs?: number;
  readonly secrets?: {readonly [name: string]: string} | undefined;
  readonly allowedPrivateHosts?: readonly string[];
};

export type Stage = {
  readonly connector: Connector;
  readonly conformance: Conformance;
  readonly resource: Resource;
  open(options?: SceneOptions): Promise<Scene>;
  /** Everything that was recorded, logged or thrown in any scene, as text. */
  readonly evidence: readonly string[];
  note(error: unknown): void;
  close(): Promise<void>;
};

export function createStage(connector: Connector, conformance: Conformance): Stage {
  const resource = connector.manifest.resources.find(({name}) => name === (conformance.resource ?? name));
  assert.ok(resource, `${connector.manifest.id} has the resource under test`);
  const evidence: string[] = [];
  const opened = new Set<Scene>();

  async function open(options: SceneOptions = {}): Promise<Scene> {
    const clock = instantClock();
    const emulator = await conformance.emulator?.(clock);
    emulator?.fill(options.records ?? 0);
    const address = connector.manifest.baseUrlSetting;
    const settings = {...conformance.settings, ...(address && emulator ? {[address]: emulator.url} : {})};
    const file = conformance.file?.(options.records ?? 3);
    const {pageSize, timeoutMs, secrets = conformance.secrets ?? {}, allowedPrivateHosts} = options;
    const world = openWorld({
      ...{connector, settings, secrets, clock, file, pageSize, timeoutMs},
      ...(allowedPrivateHosts ? {allowedPrivateHosts} : {}),
    });
    async function close(): Promise<void> {
      if (!opened.delete(scene)) return;
      evidence.push(...world.calls.map(call => JSON.stringify(call)), ...world.logged);
      await world[Symbol.asyncDispose]();
      await emulator?.close();
    }
    const scene: Scene = {...world, emulator, [Symbol.asyncDispose]: close};
    opened.add(scene);
    return scene;
  }

  return {
    connector,
    conformance,
    resource,
    open,
    evidence,
    note: error => evidence.push(error instanceof Error ? `${error.message} ${JSON.stringify(error)}` : String(error)),
    async close() {
      for (const scene of [...opened]) await scene[Symbol.asyncDispose]();
    },
  };
}

export type Way = {
  readonly name: 'read' | 'snapshot';
  pages(scene: Scene, resume?: Json): AsyncIterable<{ids: string[]; resume: Json; complete: boolean; issues: number}>;
};

/** The ways in which this connector gives whole sets of records. */
export function waysOf({connector, resource}: Stage): readonly Way[] {
  const ways: Way[] = [];
  const {read, snapshot} = connector;
  if (read && resource.capabilities.includes('read')) {
    ways.push({
      name: 'read',
      async *pages({ctx}, resume) {
        const pages: AsyncIterable<Page> = read(ctx, resource.name, resume === undefined ? {} : {resume});
        for await (const page of pages) {
          const ids = page.records.map(({id}) => id);
          yield {ids, resume: page.resume, complete: page.complete === true, issues: page.issues?.length ?? 0};
        }
      },
    });
  }
  if (snapshot && resource.capabilities.includes('snapshot')) {
    ways.push({
      name: 'snapshot',
      async *pages({ctx}) {
        for await (const page of snapshot(ctx, resource.name)) {
          yield {ids: page.records.map(({id}) => id), resume: null, complete: page.complete === true, issues: 0};
        }
      },
    });
  }
  return ways;
}

/** Reads to the end: every id in order, and whether the last page said that it was all. */
export async function readAll(way: Way, scene: Scene): Promise<{readonly ids: readonly string[]; complete: boolean}> {
  const ids: string[] = [];
  let complete = false;
  for await (const page of way.pages(scene)) {
    assert.ok(!complete, 'nothing follows the page that is complete');
    ids.push(...page.ids);
    complete = page.complete;
  }
  return {ids, complete};
}

/** Longest texts inside a value: what would give a person away. */
export function textsOf(json: Json): readonly string[] {
  if (typeof json === 'string') return [json];
  if (Array.isArray(json)) return json.flatMap(textsOf);
  return isJsonObject(json) ? Object.values(json).flatMap(textsOf) : [];
}
