import * as z from 'zod';

/** The PDF of one document version: made once, and kept (PDF-3). */
export const storedPdf = z.object({
  accountId: z.string(),
  invoiceId: z.string(),
  documentVersion: z.number(),
  /** Where it lies in the bucket; the key names its hash. */
  key: z.string(),
  bytes: z.number(),
  madeAt: z.string(),
  revision: z.number(),
});
export type Pdf = z.infer<typeof storedPdf>;
