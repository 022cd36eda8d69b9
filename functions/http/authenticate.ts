import { errors, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import { identityProvider } from '#functions/wiring/identity.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { apiKeys, members } from '#lib/data/collections.ts';
import { bindMember, invitationsFor, type Membership, membershipsOf } from '#lib/data/identities.ts';
import { Transaction, untilWritten } from '#lib/data/transaction.ts';
import type { Member } from '#lib/domain/account/member.ts';
import { email, isId, line } from '#lib/domain/fields.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { idsOfApiKeySecret, isApiKeySecret } from '#lib/tokens/api-key-secret.ts';
import type { Authenticated, Caller, SignedIn } from './caller.ts';

/**
 * Who calls. Tokens and keys are verified here, by the handler itself, and what they may do is read from the table
 * at each request, so that a change acts on the very next one (PERM-4).
 */

/** Only the subject is needed: a name or address that we could not show or write to is as if absent. */
const claims = z.object({
  sub: z.string().min(1).max(255),
  email: email().optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.literal('true'), z.literal('false')])
    .optional()
    .catch(undefined),
  name: line().optional().catch(undefined),
});

const unauthenticated = (detail: string): Refusal => new Refusal('unauthenticated', { detail });

/** What jose throws where the issuer's keys can't be had: a failure of ours, not a forged token. */
const isFailureOfIssuer = (error: errors.JOSEError): boolean =>
  error.code === 'ERR_JOSE_GENERIC' ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid;

/**
 * Whether a token is meant for this service: its audience says so. Cognito's access tokens have none, and name the client
 * that they were given to in its place; that is the audience of its ID tokens.
 */
const isMeantFor = (audience: string, { aud, client_id, token_use }: JWTPayload): boolean =>
  aud === undefined ? token_use === 'access' && client_id === audience : [aud].flat().includes(audience);

const verifyToken = async (token: string): Promise<SignedIn> => {
  const { issuer, audience, keys } = identityProvider();
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      algorithms: ['RS256', 'ES256', 'PS256', 'EdDSA'],
      requiredClaims: ['exp', 'sub'],
    });
    if (!isMeantFor(audience, payload)) throw unauthenticated('The token is meant for another service.');
    const { sub, email, email_verified, name } = claims.parse(payload);
    const isVerified = email_verified === true || email_verified === 'true';
    return { issuer, subject: sub, verifiedEmail: isVerified ? email : undefined, name };
  } catch (error) {
    if (error instanceof errors.JOSEError && !isFailureOfIssuer(error))
      throw unauthenticated('The token is not valid.');
    if (error instanceof z.ZodError) throw unauthenticated('The token lacks a claim.');
    throw error;
  }
};

const bearer = (header: string | undefined): string => {
  const token = /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined)
    throw unauthenticated('Send the header Authorization: Bearer … with a token or an API key.');
  return token;
};

const callerOfKey = async (secret: string, accountId: string | undefined): Promise<Caller> => {
  const ids = idsOfApiKeySecret(secret);
  const key = ids && (await readRecord(table(), apiKeys, ids.accountId, ids.keyId));
  if (key === undefined || !isApiKeySecret(secret, key.hash))
    throw unauthenticated('The API key is not valid.');
  if (accountId !== undefined && accountId !== key.accountId) throw new Refusal('not_found');
  return {
    accountId: key.accountId,
    role: 'member',
    permissions: key.permissions,
    actor: { type: 'apiKey', id: key.id, name: key.name },
  };
};

const callerOfMember = (member: Member): Caller => ({
  accountId: member.accountId,
  role: member.role,
  permissions: member.permissions,
  actor: { type: 'member', id: member.id, name: member.name },
  member,
});

/**
 * Binds the invitations that wait for the address to this identity (PERM-8), and gives them as memberships: those of
 * the account that was named, or of all that the person does not belong to yet, as one identity is one member.
 */
const acceptInvitations = async (
  person: SignedIn,
  waiting: readonly Membership[],
  known: readonly Membership[],
  accountId: string | undefined,
): Promise<Membership[]> => {
  const invitations = waiting.filter(
    (one) =>
      (accountId === undefined || one.accountId === accountId) &&
      !known.some((other) => other.accountId === one.accountId),
  );
  const { issuer, subject } = person;
  const accept = async (invitation: Membership): Promise<Membership[]> => {
    const member = await readRecord(table(), members, invitation.accountId, invitation.memberId);
    if (member === undefined) return [];
    // Another request of the same person may have been first.
    if (member.status === 'active')
      return member.identity?.issuer === issuer && member.identity.subject === subject ? [invitation] : [];
    const transaction = new Transaction(table());
    bindMember(transaction, member, { issuer, subject }, new Date().toISOString());
    await transaction.commit();
    return [invitation];
  };
  const deadline = Date.now() + 5_000;
  const bound = await Promise.all(invitations.map((one) => untilWritten(() => accept(one), { deadline })));
  return bound.flat();
};

const invitationsOf = async ({ verifiedEmail }: SignedIn): Promise<Membership[]> =>
  verifiedEmail === undefined ? [] : invitationsFor(table(), verifiedEmail);

const membershipsWithInvitations = async (
  person: SignedIn,
  accountId: string | undefined,
): Promise<Membership[]> => {
  // Who names no account may be invited to a second one: both are asked for at once.
  const [known, invited] = await Promise.all([
    membershipsOf(table(), person, accountId),
    accountId === undefined ? invitationsOf(person) : undefined,
  ]);
  if (accountId !== undefined ? known.length > 0 : known.length > 1) return known;
  const waiting = invited ?? (await invitationsOf(person));
  const all = [...known, ...(await acceptInvitations(person, waiting, known, accountId))];
  // Another request of the same person may have accepted between the two reads.
  return all.length > 0 ? all : membershipsOf(table(), person, accountId);
};

/**
 * The caller of a request. A person of several accounts names one.
 * @throws Refusal unauthenticated; then not_found for a foreign account
 */
export const authenticate = async (headers: Record<string, string | undefined>): Promise<Authenticated> => {
  const token = bearer(headers.authorization);
  const accountId = headers['account-id'];
  if (token.startsWith('qk_')) return { caller: await callerOfKey(token, accountId) };
  const signedIn = await verifyToken(token);
  if (accountId !== undefined && !isId('acc', accountId)) throw new Refusal('not_found');
  const memberships = await membershipsWithInvitations(signedIn, accountId);
  if (accountId !== undefined && memberships.length === 0) throw new Refusal('not_found');
  const [membership, other] = memberships;
  if (membership === undefined) return { signedIn };
  if (other !== undefined) return { signedIn, accountMissing: true };
  const member = await readRecord(table(), members, membership.accountId, membership.memberId);
  if (member !== undefined) return { signedIn, caller: callerOfMember(member) };
  // Removed between the two reads.
  if (accountId !== undefined) throw new Refusal('not_found');
  return { signedIn };
};
