// What the signed-in member may do. The server decides; this only spares people a refusal.
import {useQuery} from '@tanstack/react-query';
import type {RouteName, Routes} from '../../../src/api/contract/routes.ts';
import {session} from '../api/queries.ts';

export type Right = Exclude<Routes[RouteName]['right'], 'open'>;

export function useRights(): readonly string[] {
  return useQuery({...session(), staleTime: 60_000}).data?.rights ?? [];
}
