// Where a connection's requests go: the address of its settings, paths below it, redirects within it.
import {MusterError} from '../errors.ts';
import type {HttpRequest, HttpResponse} from './contract.ts';

export type ConnectionUrl = {
  readonly origin: string;
  /** With the port, for messages. */
  readonly host: string;
  readonly hostname: string;
  /** Without a slash at the end. */
  readonly path: string;
};

export function parseConnectionUrl(text: string, connectionName: string): ConnectionUrl {
  const url = URL.parse(text);
  // Credentials in an address would end up in messages and records; they are secrets of the connection.
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    const address = text.replace(/\/\/[^/@]*@/, '//').slice(0, 60);
    throw new MusterError('connection.address_invalid', {params: {connection: connectionName, address}});
  }
  return {origin: url.origin, host: url.host, hostname: url.hostname, path: url.pathname.replace(/\/+$/, '')};
}

export function pathOf(base: ConnectionUrl, request: HttpRequest): string {
  if (request.query === undefined) return base.path + request.path;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? base.path + request.path : `${base.path}${request.path}?${query}`;
}

/** The path that a redirect names, where it stays within the origin. */
export function redirectOf(base: ConnectionUrl, path: string, response: HttpResponse): string | undefined {
  const location = response.headers['location'];
  const url = location === undefined ? null : URL.parse(location, base.origin + path);
  return url?.origin === base.origin ? url.pathname + url.search : undefined;
}
