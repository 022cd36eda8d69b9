import { storedEmail } from '#lib/domain/email.ts';
import { isUnderWay, storedExport } from '#lib/domain/exports/export.ts';
import { storedHeader } from '#lib/domain/invoice/invoice.ts';
import { accountOfKey, companyKey, contactKey } from './keys.ts';
import type { Image, StreamChange } from './stream.ts';

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
  | { queue: 'export'; accountId: string; exportId: string }
  | {
      queue: 'cleanup';
      kind: 'export';
      accountId: string;
      exportId: string;
      upload?: { key: string; uploadId: string };
    }
  | { queue: 'cleanup'; kind: 'invoice'; accountId: string; invoiceId: string }
  | {
      queue: 'cleanup';
      kind: 'associations';
      accountId: string;
      list: 'contactIds' | 'companyIds';
      id: string;
    };

const workOfHeader = ({ before, after }: StreamChange): Work[] => {
  const old = before && storedHeader.parse(before.data);
  if (after === undefined) {
    // Drafts have nothing beside them that could stay behind.
    if (old === undefined || old.status === 'draft') return [];
    return [{ queue: 'cleanup', kind: 'invoice', accountId: old.accountId, invoiceId: old.id }];
  }
  const { accountId, id: invoiceId, documentVersion } = storedHeader.parse(after.data);
  if (documentVersion <= (old?.documentVersion ?? 0)) return [];
  return [{ queue: 'render', accountId, invoiceId, documentVersion }];
};

/** A new export is begun; of one that is over without files, or gone, what it left is removed. */
const workOfExport = ({ before, after }: StreamChange): Work[] => {
  const old = before && storedExport.parse({ ...before.data, revision: 0 });
  const now = after && storedExport.parse({ ...after.data, revision: 0 });
  if (now !== undefined && old === undefined)
    return [{ queue: 'export', accountId: now.accountId, exportId: now.id }];
  const isOver = now === undefined || now.status === 'cancelled' || now.status === 'failed';
  if (old === undefined || !isOver || (now !== undefined && !isUnderWay(old))) return [];
  const { upload } = old.progress?.file ?? {};
  const { accountId, id: exportId } = old;
  const left = upload && { upload: { key: upload.key, uploadId: upload.uploadId } };
  return [{ queue: 'cleanup', kind: 'export', accountId, exportId, ...left }];
};

/** The associations with a contact or company are dropped with it (CON-2). */
const workOfRemoval = ({ pk, sk: id }: Image): Work[] => {
  const accountId = accountOfKey(pk);
  if (pk === contactKey(accountId, id).pk)
    return [{ queue: 'cleanup', kind: 'associations', accountId, list: 'contactIds', id }];
  if (pk === companyKey(accountId, id).pk)
    return [{ queue: 'cleanup', kind: 'associations', accountId, list: 'companyIds', id }];
  return [];
};

/**
 * What a record of the stream calls for: a PDF for each new document version; for each e-mail that was asked for, its
 * PDF and then the e-mail itself; for a deleted invoice the removal of what lay beside it; for a deleted contact or
 * company the end of its associations. Seen twice, it calls for the
 * same work, which is done once.
 */
export const workOf = (change: StreamChange): Work[] => {
  const { before, after } = change;
  const sk = (after ?? before)?.sk ?? '';
  if (sk === 'I#HEADER') return workOfHeader(change);
  if (sk.startsWith('exp_') && (after ?? before)?.pk.endsWith('#EXPORTS')) return workOfExport(change);
  if (sk.startsWith('EMAIL#') && before === undefined && after !== undefined) {
    const { accountId, invoiceId, documentVersion, id: emailId } = storedEmail.parse(after.data);
    return [{ queue: 'render', accountId, invoiceId, documentVersion, emailId }];
  }
  return after === undefined && before !== undefined ? workOfRemoval(before) : [];
};
