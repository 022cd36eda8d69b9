import { storedEmail } from '#lib/domain/email.ts';
import { storedHeader } from '#lib/domain/invoice/invoice.ts';
import type { StreamChange } from './stream.ts';

/** Work that a change calls for, by the queue that it goes to. */
export type Work =
  | {
      queue: 'render';
      accountId: string;
      invoiceId: string;
      documentVersion: number;
      /** An e-mail that waits for the PDF. */
      emailId?: string;
    }
  | { queue: 'cleanup'; accountId: string; invoiceId: string };

const workOfHeader = ({ before, after }: StreamChange): Work[] => {
  const old = before && storedHeader.parse(before.data);
  if (after === undefined) {
    // Drafts have nothing beside them that could stay behind.
    if (old === undefined || old.status === 'draft') return [];
    return [{ queue: 'cleanup', accountId: old.accountId, invoiceId: old.id }];
  }
  const { accountId, id: invoiceId, documentVersion } = storedHeader.parse(after.data);
  if (documentVersion <= (old?.documentVersion ?? 0)) return [];
  return [{ queue: 'render', accountId, invoiceId, documentVersion }];
};

/**
 * What a record of the stream calls for: a PDF for each new document version; for each e-mail that was asked for, its
 * PDF and then the e-mail itself; for a deleted invoice the removal of what lay beside it. Seen twice, it calls for the
 * same work, which is done once.
 */
export const workOf = (change: StreamChange): Work[] => {
  const { before, after } = change;
  const sk = (after ?? before)?.sk ?? '';
  if (sk === 'I#HEADER') return workOfHeader(change);
  if (sk.startsWith('EMAIL#') && before === undefined && after !== undefined) {
    const { accountId, invoiceId, documentVersion, id: emailId } = storedEmail.parse(after.data);
    return [{ queue: 'render', accountId, invoiceId, documentVersion, emailId }];
  }
  return [];
};
