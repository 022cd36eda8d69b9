import type { SignedIn } from '#functions/http/caller.ts';
import { handle } from '#functions/http/handler.ts';
import { identityProvider } from '#functions/wiring/identity.ts';
import { table } from '#functions/wiring/table.ts';
import { putSettings, readSettings } from '#lib/data/accounts.ts';
import { addMember } from '#lib/data/identities.ts';
import { newSettings } from '#lib/domain/account/settings.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createAccount } from './contract.ts';

/** Who may create an account is a setting of the deployment (PERM-8); only a person can. */
const founderOf = (signedIn: SignedIn | undefined): SignedIn => {
  if (signedIn === undefined)
    throw new Refusal('permission_denied', {
      detail: 'An API key can’t create an account.',
      permission: 'accounts.create',
    });
  const { accountCreators } = identityProvider();
  const email = signedIn.verifiedEmail?.toLowerCase();
  const isNamed =
    email !== undefined &&
    accountCreators.some((entry) => entry === email || (entry.startsWith('@') && email.endsWith(entry)));
  if (!accountCreators.includes('anyone') && !isNamed)
    throw new Refusal('permission_denied', {
      detail: 'This deployment lets only some create accounts.',
      permission: 'accounts.create',
    });
  return signedIn;
};

export const handler = handle(createAccount, {
  admit: ({ signedIn }) => void founderOf(signedIn),
  run: async ({ who, body, now, newId, transaction, requestId }) => {
    const founder = founderOf(who.signedIn);
    const accountId = newId('acc');
    const memberId = newId('mem');
    const name = founder.name ?? founder.verifiedEmail ?? 'Founder';
    const writes = transaction({ accountId });
    const settings = putSettings(writes, undefined, newSettings({ ...body, id: accountId, at: now }), {
      id: newId('his'),
      at: now,
      action: 'created',
      actor: { type: 'member', id: memberId, name },
      source: 'api',
      requestId,
      version: 1,
    });
    await addMember(table(), writes, {
      id: memberId,
      accountId,
      // A person without a verified address is a member all the same: nobody can be invited in his place.
      email: founder.verifiedEmail ?? `${memberId}@unverified.invalid`,
      name,
      role: 'super_admin',
      permissions: [],
      status: 'active',
      identity: { issuer: founder.issuer, subject: founder.subject },
      version: 1,
      revision: 0,
      createdAt: now,
      updatedAt: now,
    });
    await writes.commit();
    return { result: settings };
  },
  replay: async ({ accountId }) => {
    const settings = accountId === undefined ? undefined : await readSettings(table(), accountId);
    return settings && { result: settings };
  },
});
