// What the signed-in member may do. The server decides; this only spares people a refusal.
import {useQuery} from '@tanstack/react-query';
import {session} from '../api/queries.ts';

export function useRights(): readonly string[] {
  return useQuery({...session(), staleTime: 60_000}).data?.rights ?? [];
}
