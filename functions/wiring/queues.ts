import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { fromEnvironment, once } from './environment.ts';

/** The queues of work that follows a change, and what their messages say: ids only. */

export const renderMessage = z.object({
  accountId: z.string(),
  invoiceId: z.string(),
  documentVersion: z.number(),
  /** An e-mail that waits for this PDF. */
  emailId: z.string().optional(),
});
export type RenderMessage = z.infer<typeof renderMessage>;

/** An e-mail to be sent, by its kind; functions/workers/mails has a file for each. */
export const emailMessage = z.discriminatedUnion('kind', [
  /** An invoice's e-mail, whatever its template. */
  z.object({
    kind: z.literal('invoice'),
    accountId: z.string(),
    invoiceId: z.string(),
    emailId: z.string(),
  }),
  /** A payment's receipt. */
  z.object({
    kind: z.literal('receipt'),
    accountId: z.string(),
    paymentId: z.string(),
    emailId: z.string(),
  }),
  /** The link to a schedule's export. */
  z.object({
    kind: z.literal('export'),
    accountId: z.string(),
    exportId: z.string(),
    emailId: z.string(),
  }),
  /** The code that proves a sender address; another nonce is another code. */
  z.object({
    kind: z.literal('sender_code'),
    accountId: z.string(),
    address: z.string(),
    nonce: z.string(),
  }),
]);
export type EmailMessage = z.infer<typeof emailMessage>;
export type EmailMessageOf<Kind extends EmailMessage['kind']> = Extract<EmailMessage, { kind: Kind }>;

export const cleanUpMessage = z.discriminatedUnion('kind', [
  /** A deleted invoice, whose e-mails and PDFs are to be removed. */
  z.object({ kind: z.literal('invoice'), accountId: z.string(), invoiceId: z.string() }),
  /** An export that was cancelled, failed or deleted, whose files and upload are to go. */
  z.object({
    kind: z.literal('export'),
    accountId: z.string(),
    exportId: z.string(),
    upload: z.object({ key: z.string(), uploadId: z.string() }).optional(),
  }),
  /** A deleted contact or company, whose associations are to end; `after` is how far an earlier message came. */
  z.object({
    kind: z.literal('associations'),
    accountId: z.string(),
    list: z.enum(['contactIds', 'companyIds']),
    id: z.string(),
    after: z.string().optional(),
  }),
]);
export type CleanUpMessage = z.infer<typeof cleanUpMessage>;

export const exportMessage = z.object({ accountId: z.string(), exportId: z.string() });
export type ExportMessage = z.infer<typeof exportMessage>;

const client = once(() => new SQSClient({}));

const send = async (
  url: string,
  message: RenderMessage | EmailMessage | CleanUpMessage | ExportMessage,
): Promise<void> => {
  await client().send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
};

const renderQueue = once(() => fromEnvironment(z.object({ RENDER_QUEUE_URL: z.string() })).RENDER_QUEUE_URL);
const emailQueue = once(() => fromEnvironment(z.object({ EMAIL_QUEUE_URL: z.string() })).EMAIL_QUEUE_URL);

const cleanUpQueue = once(
  () => fromEnvironment(z.object({ CLEANUP_QUEUE_URL: z.string() })).CLEANUP_QUEUE_URL,
);

/** Asks for a PDF. To ask twice does no harm. */
export const askForPdf = (message: RenderMessage): Promise<void> => send(renderQueue(), message);
/** Asks for an e-mail to be sent. To ask twice does no harm. */
export const askForEmail = (message: EmailMessage): Promise<void> => send(emailQueue(), message);
/** Asks for what a deleted invoice left behind to be removed. To ask twice does no harm. */
export const askForCleanUp = (message: CleanUpMessage): Promise<void> => send(cleanUpQueue(), message);

const exportQueue = once(() => fromEnvironment(z.object({ EXPORT_QUEUE_URL: z.string() })).EXPORT_QUEUE_URL);
/** Asks for the next step of an export. To ask twice does no harm. */
export const askForExport = (message: ExportMessage): Promise<void> => send(exportQueue(), message);
