// Roles and what each may do: the one table of rights that the API, the web app and the authorisation tests read.

export const roles = ['owner', 'admin', 'operator', 'reviewer', 'viewer', 'auditor'] as const;
export type Role = (typeof roles)[number];

export const rights = ['read', 'push', 'run', 'decide', 'review', 'configure', 'members', 'audit', 'metrics'] as const;
export type Right = (typeof rights)[number];

/**
 * `decide`: about events of which it is not known whether they arrived; `review`: about all that wait for a person, and
 * who is who (held.ts). owner ⊃ admin ⊃ operator ⊃ viewer; reviewer = viewer + reviews; auditor = viewer + audit.
 */
export const rightsOf: {readonly [R in Role]: readonly Right[]} = {
  owner: ['read', 'push', 'run', 'decide', 'review', 'configure', 'members', 'audit', 'metrics'],
  admin: ['read', 'push', 'run', 'decide', 'review', 'configure'],
  operator: ['read', 'push', 'run', 'decide'],
  reviewer: ['read', 'decide', 'review'],
  viewer: ['read'],
  auditor: ['read', 'audit', 'metrics'],
};

export function mayDo(role: Role, right: Right): boolean {
  return rightsOf[role].includes(right);
}
