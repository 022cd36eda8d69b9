import * as z from 'zod';
import { permissions, roles } from './permissions.ts';

/** A person of the account; `invited` until the address first signs in verified (PERM-8). */
export const storedMember = z.object({
  id: z.string(),
  accountId: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(roles),
  permissions: z.array(z.enum(permissions)),
  status: z.enum(['invited', 'active']),
  /** The OIDC identity that the member is bound to. */
  identity: z.object({ issuer: z.string(), subject: z.string() }).optional(),
  version: z.number(),
  revision: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Member = z.infer<typeof storedMember>;

/** An API key of the account: only a hash of its secret is kept (PERM-6). */
export const storedApiKey = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  /** SHA-256 of the whole secret, hexadecimal. */
  hash: z.string(),
  revision: z.number(),
  createdAt: z.string(),
});
export type ApiKey = z.infer<typeof storedApiKey>;
