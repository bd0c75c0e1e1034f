// Who is signed in, the first owner, and a company's API keys.

import {createApiKey, removeApiKey} from '../auth/api-key.ts';
import type {Auth} from '../auth/authenticate.ts';
import {claimOwner} from '../auth/owner.ts';
import {userOf} from '../auth/user.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {rightsOf} from '../model/role.ts';
import {type ApiKeyRow, listApiKeys} from '../store/api-keys.ts';
import {findCompany} from '../store/companies.ts';
import type {ApiKey} from './contract/account.ts';
import {presentPage} from './present-page.ts';
import type {Endpoints} from './route.ts';

type Names = 'POST /owner' | 'GET /session' | 'GET /api-keys' | 'POST /api-keys' | 'DELETE /api-keys/{id}';

export function accountEndpoints({db}: Auth): Endpoints<Names> {
  return {
    'POST /owner': async (_hub, {body}) => {
      await claimOwner(db, body);
      return undefined;
    },

    'GET /session': async (_hub, {actor}) => {
      const company = await inCompany(db, actor.companyId, findCompany);
      if (!company) throw new MusterError('request.not_found', {params: {what: 'company'}});
      const user = actor.userId === undefined ? null : await userOf(db, actor.userId);
      return {
        user: user ?? null,
        company: {id: company.id, name: company.name},
        role: actor.role,
        rights: rightsOf[actor.role],
      };
    },

    'GET /api-keys': async (_hub, {actor, query}) =>
      presentPage(await inCompany(db, actor.companyId, tx => listApiKeys(tx, query)), presentKey),

    'POST /api-keys': async (_hub, {actor, body}) => {
      const {name, role, expiresAt} = body;
      const request = {name, role, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt)};
      const {key, ...row} = await inCompany(db, actor.companyId, tx => createApiKey(tx, actor.id, request));
      return {...presentKey(row), key};
    },

    'DELETE /api-keys/{id}': async (_hub, {actor, params}) => {
      await inCompany(db, actor.companyId, tx => removeApiKey(tx, actor.id, params.id));
      return undefined;
    },
  };
}

function presentKey(row: ApiKeyRow): ApiKey {
  const {id, name, role, createdAt, expiresAt, lastUsedAt, revokedAt} = row;
  return {
    ...{id, name, role},
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
