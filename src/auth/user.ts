// A user by id, for showing who is signed in.
import {asOwner, type Db} from '../db/transaction.ts';
import {findUser, type UserRow} from '../store/users.ts';

export function userOf(db: Db, userId: string): Promise<UserRow | undefined> {
  return asOwner(db, tx => findUser(tx, userId));
}
