import { createHash } from 'node:crypto';

/**
 * The keys of the one table, with the access pattern that each serves. Every partition of an account begins with
 * `A#<account>`, so that one LeadingKeys condition can fence a tenant; those that can’t are named at the end.
 */
export type Key = { pk: string; sk: string };

const account = (accountId: string): string => `A#${accountId}`;
/** The account that a partition belongs to. */
export const accountOfKey = (pk: string): string => pk.split('#')[1] ?? '';
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The account's settings, read by nearly every action: get. */
export const settingsKey = (accountId: string): Key => ({ pk: account(accountId), sk: 'SETTINGS' });

/** Members: one by id: get; all, oldest first: query. */
export const memberKey = (accountId: string, memberId: string): Key => ({
  pk: `${account(accountId)}#MEMBERS`,
  sk: memberId,
});
/** The member that has an e-mail address: the condition that keeps members' addresses unique in the account. */
export const memberEmailKey = (accountId: string, email: string): Key => ({
  pk: `${account(accountId)}#MEMBER-EMAILS`,
  sk: email.toLowerCase(),
});
/** The ids of the account's super admins: get, and the condition that keeps the last of them (PERM-5). */
export const superAdminsKey = (accountId: string): Key => ({ pk: account(accountId), sk: 'SUPER-ADMINS' });
/** API keys: the one that a secret names: get; all: query. */
export const apiKeyKey = (accountId: string, keyId: string): Key => ({
  pk: `${account(accountId)}#KEYS`,
  sk: keyId,
});

/** Contacts and companies: one by id: get; all, oldest first: query. */
export const contactKey = (accountId: string, contactId: string): Key => ({
  pk: `${account(accountId)}#CONTACTS`,
  sk: contactId,
});
export const companyKey = (accountId: string, companyId: string): Key => ({
  pk: `${account(accountId)}#COMPANIES`,
  sk: companyId,
});
/** The contact that has an e-mail address, whatever its case: get. Its condition keeps addresses unique (CON-1). */
export const contactEmailKey = (accountId: string, email: string): Key => ({
  pk: `${account(accountId)}#CONTACT-EMAILS`,
  sk: email.toLowerCase(),
});

/** Addresses that the account sends from, proved or not: one: get; all: query. */
export const senderAddressKey = (accountId: string, email: string): Key => ({
  pk: `${account(accountId)}#SENDERS`,
  sk: email.toLowerCase(),
});
/** How many codes were mailed to an address lately: get, and the condition that counts each. */
export const codeCountKey = (accountId: string, email: string): Key => ({
  pk: `${account(accountId)}#CODES`,
  sk: email.toLowerCase(),
});
/** Addresses that bounced for good, with when: those of an e-mail's recipients: get. */
export const bouncedKey = (accountId: string, email: string): Key => ({
  pk: `${account(accountId)}#BOUNCED`,
  sk: email.toLowerCase(),
});

/**
 * The address that was sent from last, by the account as a whole and by each member alone: both of a sender's: get
 * (SEND-5).
 */
export const rememberedSenderKey = (accountId: string, of: 'account' | (string & {})): Key => ({
  pk: `${account(accountId)}#SENT-FROM`,
  sk: of,
});

/** Saved views: one by id: get; all: query. */
export const viewKey = (accountId: string, viewId: string): Key => ({
  pk: `${account(accountId)}#VIEWS`,
  sk: viewId,
});
/** Exports and their schedules: one by id: get; all: query. */
export const exportKey = (accountId: string, exportId: string): Key => ({
  pk: `${account(accountId)}#EXPORTS`,
  sk: exportId,
});
export const scheduleKey = (accountId: string, scheduleId: string): Key => ({
  pk: `${account(accountId)}#SCHEDULES`,
  sk: scheduleId,
});

/** The invoices that a schedule's exports took, by their numbers, each as it was then: in order: query (EXP-8). */
export const takenKey = (
  accountId: string,
  scheduleId: string,
  { run, counter }: { run: number; counter: number },
): Key => ({
  pk: `${account(accountId)}#TAKEN#${scheduleId}`,
  sk: `${String(run).padStart(6, '0')}#${String(counter).padStart(15, '0')}`,
});

/** Definitions of custom properties: all: query. */
export const propertyKey = (accountId: string, name: string): Key => ({
  pk: `${account(accountId)}#PROPERTIES`,
  sk: name,
});

/**
 * An invoice's own partition. `I#…` is the invoice itself, read whole with one query; its e-mails, links and PDFs lie
 * beside it and are read by their prefix.
 */
const invoice = (accountId: string, invoiceId: string): string => `${account(accountId)}#${invoiceId}`;
export const invoicePrefix = 'I#';
export const headerKey = (accountId: string, invoiceId: string): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: 'I#HEADER',
});
/** How the sort keys of parts end: those of details after the first, and those of lines. */
export const partSuffix = (part: number): string => (part === 0 ? '' : chunkSuffix(part));
export const chunkSuffix = (chunk: number): string => `#${String(chunk).padStart(3, '0')}`;
export const detailsKey = (accountId: string, invoiceId: string, part = 0): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `I#DETAILS${partSuffix(part)}`,
});
export const linesKey = (accountId: string, invoiceId: string, chunk: number): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `I#LINES${chunkSuffix(chunk)}`,
});
export const appliedPaymentKey = (accountId: string, invoiceId: string, paymentId: string): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `I#PAYMENT#${paymentId}`,
});
/** An e-mail lies beside the invoice that it is about; a receipt, beside its payment. */
export const emailKey = (accountId: string, about: string, emailId: string): Key => ({
  pk: `${account(accountId)}#${about}`,
  sk: `EMAIL#${emailId}`,
});
export const linkKey = (accountId: string, invoiceId: string, linkId: string): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `LINK#${linkId}`,
});
/** The PDF of one document version: that it is made, and where. */
export const pdfKey = (accountId: string, invoiceId: string, documentVersion: number): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `PDF#${String(documentVersion).padStart(6, '0')}`,
});

/** A part of an invoice as an earlier document version shows it, while that PDF is not made: query. */
export const snapshotKey = (
  accountId: string,
  invoiceId: string,
  documentVersion: number,
  part: string,
): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `SNAPSHOT#${String(documentVersion).padStart(6, '0')}#${part}`,
});

/** A payment by id: get. What of it is applied where lies with it, and with each invoice. */
export const paymentKey = (accountId: string, paymentId: string): Key => ({
  pk: `${account(accountId)}#${paymentId}`,
  sk: 'PAYMENT',
});

/** The history of an invoice, a payment or the settings, which outlives it: oldest or newest first: query. */
export const historyKey = (accountId: string, subject: string, changeId: string, part: string): Key => ({
  pk: `${account(accountId)}#H#${subject}`,
  sk: `${changeId}#${part}`,
});

/** The counter of a series: get, and the condition that makes numbers gapless. */
export const counterKey = (accountId: string, series = 'default'): Key => ({
  pk: `${account(accountId)}#NUM#${series}`,
  sk: 'COUNTER',
});
/** Turns at the counter, where several want numbers at once: get. */
export const turnsKey = (accountId: string, series = 'default'): Key => ({
  pk: `${account(accountId)}#NUM#${series}`,
  sk: 'TURNS',
});
/** A run of numbers that a reset ended: all: query. */
export const runKey = (accountId: string, run: number, series = 'default'): Key => ({
  pk: `${account(accountId)}#NUM#${series}`,
  sk: `RUN#${String(run).padStart(6, '0')}`,
});
/** A number ever given, in its run: proof of uniqueness and tombstone. In order: query. */
export const numberKey = (accountId: string, run: number, counter: number, series = 'default'): Key => ({
  pk: `${account(accountId)}#NUM#${series}#${String(run).padStart(6, '0')}`,
  sk: String(counter).padStart(15, '0'),
});

/** What a POST with an Idempotency-Key did: get, and the condition that makes it happen once. Gone after a day. */
export const idempotencyKey = (scope: string, principal: string, key: string): Key => ({
  pk: `${scope}#IDEMPOTENCY#${digest(`${principal}\n${key}`)}`,
  sk: 'IDEMPOTENCY',
});
/** What a POST of several transactions has done so far, beside its record: query. */
export const progressKey = (scope: string, principal: string, key: string, part: string): Key => ({
  pk: idempotencyKey(scope, principal, key).pk,
  sk: `PART#${part}`,
});
export const accountScope = account;

/** Not an account's: the accounts that an identity of the OIDC issuer belongs to: query or get. */
export const identityKey = (issuer: string, subject: string, accountId: string): Key => ({
  pk: identityScope(issuer, subject),
  sk: account(accountId),
});
export const identityScope = (issuer: string, subject: string): string =>
  `U#${digest(`${issuer}\n${subject}`)}`;
/** Not an account's: the invitations that wait for an e-mail address to sign in: query. */
export const invitationKey = (email: string, accountId: string): Key => ({
  pk: `INVITED#${digest(email.toLowerCase())}`,
  sk: account(accountId),
});

/** A buyer's session with the payment provider, in its invoice's partition: get. Outlives the invoice. */
export const paymentSessionKey = (accountId: string, invoiceId: string, sessionId: string): Key => ({
  pk: invoice(accountId, invoiceId),
  sk: `SESSION#${sessionId}`,
});
/** Not an account's: the sessions that are not over, by when the sweeper looks after them: query up to now. */
export const dueSessionKey = (dueAt: string, sessionId: string): Key => ({
  pk: dueSessions,
  sk: `${dueAt}#${sessionId}`,
});
export const dueSessions = 'DUE-SESSIONS';
/** Not an account's: the schedules of exports that are active, by when the clock looks at them: query up to now. */
export const dueScheduleKey = (wakeAt: string, scheduleId: string): Key => ({
  pk: dueSchedules,
  sk: `${wakeAt}#${scheduleId}`,
});
export const dueSchedules = 'DUE-SCHEDULES';

/** Not an account's: all accounts, for what goes through them one by one: query. */
export const accountListKey = (accountId: string): Key => ({ pk: 'ACCOUNTS', sk: accountId });
/** Not an account's: how far the check of histories came: get. */
export const historyCheckKey: Key = { pk: 'HISTORY-CHECK', sk: 'POSITION' };
