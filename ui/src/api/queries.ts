// What pages read, as TanStack Query options made from the table of routes; loaders and pages use the same ones.
import {infiniteQueryOptions, QueryCache, QueryClient, queryOptions} from '@tanstack/react-query';
import type {Answer, RouteName} from '../../../src/api/contract/routes.ts';
import {ApiError, call, type Input, type Rest} from './client.ts';

/** The key starts with the route's name: `invalidate('GET /syncs')` reaches every page of it. */
export function ask<N extends RouteName>(name: N, ...rest: Rest<N>) {
  return queryOptions({
    queryKey: [name, rest[0] ?? {}] as const,
    // Adding the signal to a checked input keeps it one.
    queryFn: ({signal}): Promise<Answer<N>> => call(name, ...([{...rest[0], signal}] as unknown as Rest<N>)),
  });
}

type ListRoute = {[N in RouteName]: Answer<N> extends {items: unknown[]; next: string | null} ? N : never}[RouteName];
type Item<N extends ListRoute> = Answer<N> extends {items: (infer I)[]} ? I : never;

/** A list by cursor; `data.items` are the rows of all pages loaded so far. */
export function askPages<N extends ListRoute>(name: N, input: Input<N>) {
  return infiniteQueryOptions({
    queryKey: [name, input, 'pages'] as const,
    initialPageParam: '',
    queryFn: async ({signal, pageParam}) => {
      const query = {...('query' in input && typeof input.query === 'object' ? input.query : {}), cursor: pageParam};
      const answer = await call(name, ...([{...input, query, signal}] as unknown as Rest<N>)); // as in ask
      return answer as {items: Item<N>[]; next: string | null}; // ListRoute says so
    },
    getNextPageParam: last => last.next,
    select: data => ({items: data.pages.flatMap(page => page.items)}),
  });
}

/** What is true of the installation, whoever is signed in; it changes only with a new start. */
export const installation = () => ({...ask('GET /health'), staleTime: Number.POSITIVE_INFINITY});
export const session = () => ask('GET /session');
export const connections = () => ask('GET /connections', {query: {limit: 200}});
export const connectors = () => ask('GET /connectors');
export const syncs = () => ask('GET /syncs', {query: {limit: 200}});
export const schedules = (sync?: string) => ask('GET /schedules', {query: {limit: 200, sync}});
export const connection = (id: string) => ask('GET /connections/{id}', {params: {id}});
export const sync = (id: string) => ask('GET /syncs/{id}', {params: {id}});
export const schedule = (id: string) => ask('GET /schedules/{id}', {params: {id}});
export const run = (id: string) => ask('GET /runs/{id}', {params: {id}});
export const problems = (id: string) => ask('GET /runs/{id}/problems', {params: {id}});
export const event = (id: string) => ask('GET /events/{id}', {params: {id}});
export const record = (id: string) => ask('GET /records/{id}', {params: {id}});

/** `onSignedOut` is called when a query finds that the session has ended. */
export function createQueries(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (isSignedOut(error) && query.queryKey[0] !== 'GET /session') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
    },
  });
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
