// Who someone is: better-auth's core for users, passwords and sessions, on our database in the schema `auth`. What they
// may do is none of its business (members, roles and keys are ours), and of its many endpoints three are reachable.
import {hkdfSync, randomUUID} from 'node:crypto';
import {betterAuth} from 'better-auth';
import {type Db, ownerKysely} from '../db/transaction.ts';
import type {Log} from '../log.ts';
import {newId} from '../std/ids.ts';
import {hashPassword, verifyPassword} from './password.ts';

export type SignInOptions = {
  readonly db: Db;
  readonly log: Log;
  /** MUSTER_SECRET_KEY; cookies are signed with a key made from it. */
  readonly secretKey: Buffer;
  readonly publicUrl: string;
};

/** Set by the server from the socket, never taken from the request: sign-in is limited per address. */
export const addressHeader = 'x-muster-client-address';

export const longestPassword = 200;

export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn({db, log, secretKey, publicUrl}: SignInOptions) {
  return betterAuth({
    appName: 'Muster',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: Buffer.from(hkdfSync('sha256', secretKey, '', 'muster sessions 1', 32)).toString('base64'),
    database: {db: ownerKysely(db), type: 'postgres', transaction: true, schemaName: 'auth'},
    trustedOrigins: [...originsOf(publicUrl)],
    telemetry: {enabled: false},
    // Its own lines hold e-mail addresses. Only that something happened is kept.
    logger: {level: 'error', log: () => log.warn('sign_in.trouble')},
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
      password: {hash: hashPassword, verify: verifyPassword},
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rate_limits',
      fields: {lastRequest: 'last_request'},
      window: 60,
      max: 300,
      customRules: {'/sign-in/email': {window: 60, max: 10}},
    },
    user: {
      modelName: 'users',
      fields: {emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at'},
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      // A week and never longer: who signs in knows when it ends. A cached cookie would outlive a deleted session.
      expiresIn: 7 * 24 * 3600,
      disableSessionRefresh: true,
      cookieCache: {enabled: false},
    },
    account: {
      modelName: 'accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: {expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at'},
    },
    advanced: {
      cookiePrefix: 'muster',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: {ipAddressHeaders: [addressHeader]},
      database: {generateId: ({model}) => (model === 'user' || model === 'users' ? newId('usr') : randomUUID())},
    },
  });
}

/** A server opened as 127.0.0.1 instead of localhost, or the other way round, is still the same server. */
export function originsOf(publicUrl: string): readonly string[] {
  const url = new URL(publicUrl);
  if (!['localhost', '127.0.0.1'].includes(url.hostname)) return [url.origin];
  return ['localhost', '127.0.0.1'].map(hostname => {
    url.hostname = hostname;
    return url.origin;
  });
}
