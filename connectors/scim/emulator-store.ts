// What the emulator keeps: users and groups by id, who has which unique value, and from when on a search sees them.
import type {JsonObject} from '../../src/connector/index.ts';

export type Stored = {readonly id: string; readonly version: number; readonly resource: JsonObject};
type Entry = Stored & {readonly createdAt: string; readonly listedFromMs: number};

export type Store = {
  readonly size: number;
  get(id: string): Entry | undefined;
  /** Those that a search sees by now, in the order in which they came. */
  listed(): readonly Entry[];
  add(resource: JsonObject, lagMs: number): Entry;
  put(id: string, resource: JsonObject): Entry | undefined;
  remove(id: string): boolean;
  /** The id of whoever else has one of the resource's unique values. */
  takenBy(resource: JsonObject, own?: string): string | undefined;
};

export function createStore(prefix: string, unique: readonly string[], now: () => Date): Store {
  const entries = new Map<string, Entry>();
  const taken = new Map<string, string>();
  let count = 0;
  let lagging = 0;

  const keysOf = (resource: JsonObject) =>
    unique.flatMap(name => {
      const value = resource[name];
      if (typeof value !== 'string' || value === '') return [];
      return [`${name} ${name === 'externalId' ? value : value.toLowerCase()}`];
    });

  function keep(entry: Entry): Entry {
    entries.set(entry.id, entry);
    for (const key of keysOf(entry.resource)) if (!taken.has(key)) taken.set(key, entry.id);
    return entry;
  }

  function release({id, resource}: Entry): void {
    for (const key of keysOf(resource)) if (taken.get(key) === id) taken.delete(key);
  }

  return {
    get size() {
      return entries.size;
    },
    get: id => entries.get(id),
    listed() {
      const all = [...entries.values()];
      const nowMs = now().getTime();
      return lagging === 0 ? all : all.filter(({listedFromMs}) => listedFromMs <= nowMs);
    },
    add(resource, lagMs) {
      if (lagMs > 0) lagging += 1;
      const at = now();
      const id = `${prefix}${++count}`;
      return keep({id, version: 1, resource, createdAt: at.toISOString(), listedFromMs: at.getTime() + lagMs});
    },
    put(id, resource) {
      const before = entries.get(id);
      if (!before) return undefined;
      release(before);
      return keep({...before, resource, version: before.version + 1});
    },
    remove(id) {
      const before = entries.get(id);
      if (before) release(before);
      return entries.delete(id);
    },
    takenBy: (resource, own) =>
      keysOf(resource)
        .map(key => taken.get(key))
        .find(id => id !== undefined && id !== own),
  };
}
