// The first person of an installation: a link that works once, printed at start for as long as nobody owns a company.
// Claiming it makes user, password and membership in one transaction, or none of them.
import {asOwner, type Db} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {newId} from '../std/ids.ts';
import {findFirstCompany} from '../store/companies.ts';
import {hasOwner, insertMember} from '../store/members.ts';
import {insertOwnerLink, insertUser, isOwnerLink, spendOwnerLinks} from '../store/users.ts';
import {createCompany} from './company.ts';
import {hashPassword} from './password.ts';
import {hashToken, newToken} from './token.ts';

const validHours = 24;

/** The address to open, or undefined once there is an owner. Links printed earlier stay good until one is used. */
export function ownerLink(db: Db, publicUrl: string): Promise<string | undefined> {
  return asOwner(db, async tx => {
    if (await hasOwner(tx)) return undefined;
    const token = newToken();
    await insertOwnerLink(tx, hashToken(token), validHours);
    // Behind the # it stays out of the logs of whatever stands in between.
    return `${publicUrl}/welcome#${token}`;
  });
}

export type OwnerClaim = {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};

/**
 * Makes the owner of the first company, which is made too where there is none.
 * @throws MusterError `sign_in.link_invalid`
 */
export async function claimOwner(db: Db, claim: OwnerClaim): Promise<void> {
  const tokenHash = hashToken(claim.token);
  // Hashing a password is dear; strangers do not get that far.
  const {good, company} = await asOwner(db, async tx => ({
    good: await isOwnerLink(tx, tokenHash),
    company: await findFirstCompany(tx),
  }));
  if (!good) throw new MusterError('sign_in.link_invalid');
  const passwordHash = await hashPassword(claim.password);
  const {id: companyId} = company ?? (await createCompany(db, 'My company'));
  await asOwner(db, async tx => {
    if (!(await spendOwnerLinks(tx, tokenHash)) || (await hasOwner(tx))) throw new MusterError('sign_in.link_invalid');
    const userId = newId('usr');
    await insertUser(tx, {id: userId, name: claim.name, email: claim.email.toLowerCase(), passwordHash});
    await insertMember(tx, {companyId, id: newId('mem'), userId, name: claim.name, role: 'owner'});
  });
}
