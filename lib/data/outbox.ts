import { storedEmail } from '#lib/domain/email.ts';
import { storedHeader } from '#lib/domain/invoice/invoice.ts';
import type { StreamChange } from './stream.ts';

/** Work that a change calls for. */
export type Work = {
  kind: 'render';
  accountId: string;
  invoiceId: string;
  documentVersion: number;
  /** An e-mail that waits for the PDF. */
  emailId?: string;
};

/**
 * What a record of the stream calls for: a PDF for each new document version; and for each e-mail that was asked for,
 * its PDF and then the e-mail itself. Seen twice, it calls for the same work, which is done once.
 */
export const workOf = ({ before, after }: StreamChange): Work[] => {
  if (after?.sk === 'I#HEADER') {
    const header = storedHeader.parse(after.data);
    const known = before === undefined ? 0 : storedHeader.parse(before.data).documentVersion;
    if (header.documentVersion <= known) return [];
    const { accountId, id: invoiceId, documentVersion } = header;
    return [{ kind: 'render', accountId, invoiceId, documentVersion }];
  }
  if (after?.sk.startsWith('EMAIL#') && before === undefined) {
    const { accountId, invoiceId, documentVersion, id: emailId } = storedEmail.parse(after.data);
    return [{ kind: 'render', accountId, invoiceId, documentVersion, emailId }];
  }
  return [];
};
