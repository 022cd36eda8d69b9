/** What a member or key can be allowed to do (api.md, "Routes and the permission each needs"). */
export const permissions = [
  'invoices.read',
  'invoices.write',
  'invoices.edit_finalized',
  'payments.read',
  'payments.write',
  'contacts.read',
  'contacts.write',
  'exports.write',
  'settings.write',
  'members.write',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['super_admin', 'member'] as const;
export type Role = (typeof roles)[number];

/** What somebody may do: everything as a `super_admin`, else what is listed. */
export type Rights = { role: Role; permissions: readonly Permission[] };

/** Whether these rights include the permission. */
export const may = (rights: Rights, permission: Permission): boolean =>
  rights.role === 'super_admin' || rights.permissions.includes(permission);

/** Whether whoever has `mine` may hand out, take away or manage `theirs` (PERM-7): only what he has himself. */
export const covers = (mine: Rights, theirs: Rights): boolean =>
  mine.role === 'super_admin' ||
  (theirs.role !== 'super_admin' &&
    theirs.permissions.every((permission) => mine.permissions.includes(permission)));

/** The first permission of `theirs` that `mine` lacks; `super_admin` where it is the role that is missing. */
export const missingToGrant = (mine: Rights, theirs: Rights): Permission | 'super_admin' | undefined => {
  if (mine.role === 'super_admin') return undefined;
  if (theirs.role === 'super_admin') return 'super_admin';
  return theirs.permissions.find((permission) => !mine.permissions.includes(permission));
};
