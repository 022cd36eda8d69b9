import type { ApiKey } from '#lib/domain/account/member.ts';

/** An API key as the API shows it: never with its hash. */
export const showApiKey = ({ id, name, permissions, createdAt }: ApiKey) => ({
  id,
  name,
  permissions,
  createdAt,
});
