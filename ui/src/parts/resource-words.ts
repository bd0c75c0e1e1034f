// Kinds of records as people read them, and which of them a page shows first.
import type {Resource} from '../../../src/api/contract/connector.ts';

/** Manifests write labels as they stand in a sentence: "employees". */
export function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The kind that says by itself who is included is the one that syncs mostly start from; else the first. */
export function mainResource<R extends Pick<Resource, 'scope'>>(resources: readonly R[]): R | undefined {
  return resources.find(resource => resource.scope !== null) ?? resources[0];
}
