// What the tests of this connector share: a user, an emulator with some abilities and oddities, and a world to call it in.
import assert from 'node:assert/strict';
import type {Change, JsonObject, Values} from '../../src/connector/index.ts';
import {instantClock, openWorld} from '../../src/connector/testing/index.ts';
import {scim} from './connector.ts';
import {demoToken, type ScimOptions, startScim} from './emulator.ts';

export const user = (n: number, more: Values = {}): Values => ({
  userName: `person${n}@example.com`,
  externalId: `external-${n}`,
  givenName: `Givenname${n}`,
  familyName: `Familyname${n}`,
  displayName: `Givenname${n} Familyname${n}`,
  workEmail: `person${n}@example.com`,
  workPhone: `+64 21 555 0${100 + n}`,
  employeeNumber: `EMP-0000${n}`,
  title: 'Picker',
  department: 'Orchard 12',
  ...more,
});

export type Scene = Awaited<ReturnType<typeof openScene>>;

export async function openScene(options: ScimOptions = {}, settings: JsonObject = {}) {
  const clock = instantClock();
  const emulator = await startScim({clock, searchLagMs: [0, 0], ...options});
  const scene = openAt(emulator.url, demoToken, {clock, settings});
  return {
    ...scene,
    ...{emulator, clock},
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await emulator.close();
    },
  };
}

/** The connector against any server, by short words. */
export function openAt(
  baseUrl: string,
  token: string,
  options: {clock?: ReturnType<typeof instantClock>; settings?: JsonObject} = {},
) {
  const {clock, settings = {}} = options;
  const world = openWorld({
    connector: scim,
    settings: {baseUrl, ...settings},
    secrets: {token},
    timeoutMs: 2_000,
    ...(clock ? {clock} : {}),
  });
  const {ctx} = world;
  const change = (one: Pick<Change, 'operation' | 'values'> & Partial<Change>): Change => ({
    ...{resource: 'user', id: null, idempotencyKey: 'k'},
    ...one,
  });
  const write = (one: Parameters<typeof change>[0]) => {
    assert.ok(scim.write);
    return scim.write(ctx, change(one));
  };
  return {
    ...{ctx, change, write, calls: world.calls},
    create: (values: Values, resource = 'user') => write({operation: 'create', values, resource}),
    update: (id: string | undefined, values: Values, more: Partial<Change> = {}) =>
      write({operation: 'update', id: id ?? '', values, ...more}),
    deactivate: (id: string | undefined) => write({operation: 'deactivate', id: id ?? '', values: {}}),
    reactivate: (id: string | undefined, values: Values = {}) => write({operation: 'reactivate', id: id ?? '', values}),
    writeMany: async (...changes: readonly Change[]) => (await scim.writeMany?.(ctx, changes)) ?? [],
    /** Ids by each look-up, in order. */
    async find(...lookUps: readonly Values[]) {
      const asked = lookUps.map(values => ({key: Object.keys(values)[0] ?? '', values}));
      const found = (await scim.find?.(ctx, 'user', asked)) ?? [];
      return found.map(matches => matches.map(({id}) => id));
    },
    /** The values of one record, by its id. */
    async get(id: string | undefined, resource = 'user'): Promise<JsonObject | undefined> {
      for await (const {records} of scim.get?.(ctx, resource, [id ?? '']) ?? []) return records[0]?.data;
      return undefined;
    },
    async codes() {
      return (await scim.check(ctx)).map(({code}) => code);
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
