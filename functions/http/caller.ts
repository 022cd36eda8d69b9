import type { Member } from '#lib/domain/account/member.ts';
import type { Rights } from '#lib/domain/account/permissions.ts';
import type { Actor } from '#lib/domain/actor.ts';

/** A signed-in person, as the OIDC token says. */
export type SignedIn = {
  issuer: string;
  subject: string;
  /** The address, where the issuer has verified it. */
  verifiedEmail: string | undefined;
  name: string | undefined;
};

/** Whoever calls an account's action: a member or an API key, with its rights. */
export type Caller = Rights & {
  accountId: string;
  actor: Actor & { id: string };
  /** There for a member, and not for a key. */
  member?: Member;
};

/** Who calls: a key of an account, or a person with the account that the request is for, if any. */
export type Authenticated = {
  signedIn?: SignedIn;
  caller?: Caller;
  /** A person of several accounts who named none. */
  accountMissing?: boolean;
};
