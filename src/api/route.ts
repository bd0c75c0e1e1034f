// What a resource file exports: one function per route of the table, typed by the contract. By the time it is called the
// caller is signed in, the input parsed and the right checked; what is left is one domain call and presenting its result.
import type {z} from 'zod';
import type {Actor} from '../auth/actor.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Hub} from '../sync/hub.ts';
import type {Answer, RouteName, Routes} from './contract/routes.ts';

type Parsed<N extends RouteName, Part extends 'params' | 'query' | 'body'> = Routes[N] extends {
  readonly [P in Part]: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

export type Asked<N extends RouteName> = {
  /** Nobody on open routes. */
  readonly actor: Routes[N] extends {right: 'open'} ? undefined : Actor;
  readonly params: Parsed<N, 'params'>;
  readonly query: Parsed<N, 'query'>;
  readonly body: Parsed<N, 'body'>;
  /** The file that was sent, on routes with `upload`; throws `request.too_large` on the way beyond 200 MB. */
  readonly upload: AsyncIterable<Uint8Array>;
  readonly request: Request;
  /** Aborts when the client goes away or the server stops. */
  readonly signal: AbortSignal;
  /**
   * Keeps this answer for the request's Idempotency-Key, if it has one, in the transaction that creates: what was done
   * and that it was done then commit together, and a request that is sent again after a crash does nothing twice.
   */
  settle(tx: CompanyTx, answer: Frozen<Answer<N>>): Promise<void>;
};

/** An answer with another status than the route's own, or with headers. */
export class Reply<Body = unknown> {
  readonly body: Body;
  readonly status: number | undefined;
  readonly headers: {readonly [name: string]: string};

  constructor(
    body: Body,
    options: {readonly status?: number; readonly headers?: {readonly [name: string]: string}} = {},
  ) {
    this.body = body;
    this.status = options.status;
    this.headers = options.headers ?? {};
  }
}

/** The same, read-only all the way down, so that domain values can be handed out as they are. */
export type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? {readonly [K in keyof T]: Frozen<T[K]>}
    : T;

/** Routes with `stream` answer a Response of their own, the others what their schema says; 204 answers nothing. */
export type Answered<N extends RouteName> = Routes[N] extends {stream: string}
  ? Response
  : Routes[N] extends {response: z.ZodType}
    ? Frozen<Answer<N>> | Reply<Frozen<Answer<N>>>
    : undefined;

/** `export const runs: Endpoints<'GET /runs' | 'POST /runs'> = {'GET /runs': async (hub, {actor, query}) => …}` */
export type Endpoints<N extends RouteName> = {
  readonly [K in N]: (hub: Hub, asked: Asked<K>) => Promise<Answered<K>>;
};
