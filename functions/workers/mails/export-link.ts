import { deployment } from '#functions/wiring/deployment.ts';
import type { EmailMessageOf } from '#functions/wiring/queues.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { readRecord } from '#lib/data/collection.ts';
import { emails, exports } from '#lib/data/collections.ts';
import type { ExportEmail } from '#lib/domain/email.ts';
import { linkEnd } from '#lib/domain/exports/export.ts';
import { deliver, type Prepare } from '#lib/email/delivery.ts';
import { composeExportEmail } from '#lib/email/export-email.ts';
import { headersOf } from '#lib/email/headers.ts';
import { toMime } from '#lib/email/mime.ts';
import { exportToken } from '#lib/tokens/export-token.ts';
import { delivery } from './delivery.ts';

const gone = { code: 'export_deleted', detail: 'The export was deleted before the e-mail went out.' };

const prepare: Prepare<ExportEmail> = async (email) => {
  const { accountId, exportId, subject } = email;
  const [job, account] = await Promise.all([
    readRecord(table(), exports, accountId, exportId),
    readSettings(table(), accountId),
  ]);
  const endsAt = job && linkEnd(job);
  if (job === undefined || account === undefined || endsAt === undefined) return gone;
  const url = `${deployment().baseUrl}/x/${exportToken({ accountId, exportId }, await secrets())}`;
  const headers = headersOf(email);
  const content = composeExportEmail(account, job, { url, endsAt });
  const mime = await toMime({ ...headers, ...content, subject, attachments: [] });
  return { mime, headers, attached: false };
};

/** The link to an export's files, sent at most once to each recipient. */
export const sendExportLink = async ({
  accountId,
  exportId,
  emailId,
}: EmailMessageOf<'export'>): Promise<void> => {
  const email = await readRecord(table(), emails, accountId, exportId, emailId);
  if (email?.template !== 'export') return;
  await deliver(delivery(), email, prepare);
};
