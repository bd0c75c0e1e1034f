// Finds out who is asking: by API key or by session. Both are looked up through the owner's pool, since the company is
// only known afterwards.
import {asOwner, type Db} from '../db/transaction.ts';
import {findMembership} from '../store/members.ts';
import type {Actor} from './actor.ts';
import {actorOfKey} from './api-key.ts';
import type {SignIn} from './sign-in.ts';

/** What signing in needs; made once, in main. */
export type Auth = {readonly db: Db; readonly signIn: SignIn};

/** Undefined when nobody is signed in. A key that is sent counts alone: no session stands in for a bad one. */
export async function actorOf({db, signIn}: Auth, headers: Headers): Promise<Actor | undefined> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    return key === undefined ? undefined : actorOfKey(db, key);
  }
  if (!headers.has('cookie')) return undefined;
  const session = await signIn.api.getSession({headers});
  if (!session) return undefined;
  const userId = session.user.id;
  const member = await asOwner(db, tx => findMembership(tx, userId));
  return member && {companyId: member.companyId, role: member.role, id: userId, userId};
}
