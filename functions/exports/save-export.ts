import { newEmail } from '#functions/sending/new-email.ts';
import { systemSender } from '#functions/sending/system-sender.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord } from '#lib/data/collection.ts';
import { emails, exports } from '#lib/data/collections.ts';
import { newId } from '#lib/data/ids.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { system } from '#lib/domain/actor.ts';
import type { Export } from '#lib/domain/exports/export.ts';
import { exportLinkWordingOf } from '#lib/domain/wording/export-link.ts';

/** Writes the checkpoint. @throws Stale where the export is not the one that was read any more */
export const saveExport = async (previous: Export, next: Export): Promise<Export> => {
  const writes = new Transaction(table());
  const saved = putRecord(writes, exports, previous, next);
  await writes.commit();
  return saved;
};

/** Adds the e-mails that tell of an export of a schedule, one to each recipient: the outbox sends them (EXP-4). */
const queueMails = async (writes: Transaction, account: Settings, job: Export, at: string): Promise<void> => {
  const { accountId, id: exportId, mail } = job;
  if (mail === undefined || mail.to.length === 0) return;
  const sender = await systemSender(account);
  const subject = exportLinkWordingOf(account.language).subject(mail.name);
  for (const to of mail.to) {
    const id = newId('eml', at);
    const common = await newEmail({ id, accountId, sender, to, cc: [], at, by: system });
    putRecord(writes, emails, undefined, {
      ...common,
      ...{ template: 'export', exportId, subject, attached: false },
    });
  }
};

/** Notes that all is done, and lets those know who are to be told: both, or neither. */
export const finishExport = async (account: Settings, previous: Export, next: Export): Promise<Export> => {
  const { progress: _progress, ...rest } = next;
  const finishedAt = new Date().toISOString();
  const writes = new Transaction(table());
  const done: Export = { ...rest, status: 'done', rowsExpected: next.rowsDone, finishedAt };
  const saved = putRecord(writes, exports, previous, done);
  await queueMails(writes, account, done, finishedAt);
  await writes.commit();
  return saved;
};
