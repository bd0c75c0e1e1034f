// Who is asking: a member by session or an API key, in which company, with which role.
import type {Role} from '../model/role.ts';

export type Actor = {
  readonly companyId: string;
  readonly role: Role;
  /** `usr_…` of a signed-in member, `key_…` of an API key: what history and audit name. */
  readonly id: string;
  /** Only for a signed-in member. */
  readonly userId?: string;
};
