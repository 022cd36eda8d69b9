import { type Email, storedEmail } from '#lib/domain/email.ts';
import { isUnderWay, storedExport } from '#lib/domain/exports/export.ts';
import { storedHeader } from '#lib/domain/invoice/invoice.ts';
import { storedSenderAddress } from '#lib/domain/sending/sender-address.ts';
import { accountOfKey, companyKey, contactKey, senderAddressKey } from './keys.ts';
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
  | { queue: 'email'; kind: 'receipt'; accountId: string; paymentId: string; emailId: string }
  | { queue: 'email'; kind: 'export'; accountId: string; exportId: string; emailId: string }
  | { queue: 'email'; kind: 'sender_code'; accountId: string; address: string; nonce: string }
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

/** An invoice's e-mail waits for the PDF that goes with it. */
const workOfEmail = (email: Email): Work => {
  const { accountId, id: emailId } = email;
  if (email.template === 'receipt')
    return { queue: 'email', kind: 'receipt', accountId, paymentId: email.paymentId, emailId };
  if (email.template === 'export')
    return { queue: 'email', kind: 'export', accountId, exportId: email.exportId, emailId };
  const { invoiceId, documentVersion } = email;
  return { queue: 'render', accountId, invoiceId, documentVersion, emailId };
};

/** Each code that is asked for is mailed: an address asked for again has another nonce (SEND-15). */
const workOfAddress = (before: Image | undefined, after: Image): Work[] => {
  const { accountId, email: address, challenge } = storedSenderAddress.parse(after.data);
  const known = before && storedSenderAddress.parse(before.data).challenge;
  return challenge === undefined || challenge.nonce === known?.nonce
    ? []
    : [{ queue: 'email', kind: 'sender_code', accountId, address, nonce: challenge.nonce }];
};
const isAddress = ({ pk, sk }: Image): boolean => pk === senderAddressKey(accountOfKey(pk), sk).pk;

/**
 * What a record of the stream calls for: a PDF for each new document version; for each e-mail that was asked for, its
 * PDF and then the e-mail itself (a receipt has none); for a sender address its code; for a deleted invoice the removal of what lay beside it; for a deleted contact or
 * company the end of its associations. Seen twice, it calls for the
 * same work, which is done once.
 */
export const workOf = (change: StreamChange): Work[] => {
  const { before, after } = change;
  const sk = (after ?? before)?.sk ?? '';
  if (sk === 'I#HEADER') return workOfHeader(change);
  if (sk.startsWith('exp_') && (after ?? before)?.pk.endsWith('#EXPORTS')) return workOfExport(change);
  if (sk.startsWith('EMAIL#') && before === undefined && after !== undefined) {
    return [workOfEmail(storedEmail.parse(after.data))];
  }
  if (after !== undefined && isAddress(after)) return workOfAddress(before, after);
  return after === undefined && before !== undefined ? workOfRemoval(before) : [];
};
