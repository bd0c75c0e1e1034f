// The headers that prove who a connection is. Their values are never recorded, nor put into an error.
import {MusterError} from '../errors.ts';
import type {Auth} from './contract.ts';

type Credentials = {
  readonly auth: Auth;
  readonly secrets: {readonly [name: string]: string};
  readonly connectionName: string;
};

export function authHeaders({auth, secrets, connectionName}: Credentials): {readonly [name: string]: string} {
  const secretOf = (name: string): string => {
    const value = (Object.hasOwn(secrets, name) ? secrets[name] : undefined)?.trim() ?? '';
    if (value === '') {
      throw new MusterError('connection.secret_missing', {params: {connection: connectionName, field: name}});
    }
    // What no header can carry no system ever issued: a paste gone wrong, not a fault of the network.
    if (!/^[\x20-\x7e\x80-\xff]+$/.test(value)) {
      throw new MusterError('connection.credentials_rejected', {params: {connection: connectionName}});
    }
    return value;
  };
  switch (auth.kind) {
    case 'none':
      return {};
    case 'header':
      return {[auth.header.toLowerCase()]: `${auth.prefix ?? ''}${secretOf(auth.secret)}`};
    case 'basic': {
      const user = Object.hasOwn(secrets, auth.user) ? secretOf(auth.user) : auth.user;
      return {authorization: `Basic ${Buffer.from(`${user}:${secretOf(auth.secret)}`).toString('base64')}`};
    }
    default:
      return auth satisfies never;
  }
}
