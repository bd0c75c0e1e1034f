// What the two ends of a sync offer.
import {useQuery} from '@tanstack/react-query';
import type {Resource} from '../../../src/api/contract/connector.ts';
import {connection} from '../api/queries.ts';

/** With this tenant's own fields. */
export function useResource(end: {connection: string; resource: string} | undefined): Resource | undefined {
  const {data} = useQuery({...connection(end?.connection ?? ''), enabled: end !== undefined});
  return data?.resources.find(item => item.name === end?.resource);
}
