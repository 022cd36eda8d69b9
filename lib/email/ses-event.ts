import * as z from 'zod';
import type { MailEventKind } from '#lib/domain/email-events.ts';

/**
 * The events that SES publishes of an e-mail
 * (https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html).
 */

const recipients = z.array(z.object({ emailAddress: z.string() }));
const sesEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    timestamp: z.string(),
    messageId: z.string(),
    destination: z.array(z.string()),
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  delivery: z.object({ timestamp: z.string(), recipients: z.array(z.string()) }).optional(),
  bounce: z
    .object({ timestamp: z.string(), bounceType: z.string(), bouncedRecipients: recipients })
    .optional(),
  complaint: z.object({ timestamp: z.string(), complainedRecipients: recipients }).optional(),
});
type SesEvent = z.infer<typeof sesEvent>;

export type MailEvent = {
  /** The provider's id of the message. */
  messageId: string;
  /** When the provider took it. */
  takenAt: string;
  tags: { account: string; about: string; email: string };
  /** Besides that it was taken: what is told of whom. */
  news: { kind: MailEventKind; at: string; about: string[]; isForGood: boolean } | undefined;
};

const addresses = (list: z.infer<typeof recipients>): string[] =>
  list.map(({ emailAddress }) => emailAddress);

const newsOf = ({ delivery, bounce, complaint }: SesEvent): MailEvent['news'] => {
  if (delivery) {
    const { timestamp: at, recipients: about } = delivery;
    return { kind: 'delivered', at, about, isForGood: false };
  }
  if (bounce) {
    const about = addresses(bounce.bouncedRecipients);
    return { kind: 'bounced', at: bounce.timestamp, about, isForGood: bounce.bounceType === 'Permanent' };
  }
  if (complaint === undefined) return undefined;
  const about = addresses(complaint.complainedRecipients);
  return { kind: 'complained', at: complaint.timestamp, about, isForGood: false };
};

const told = new Set(['Send', 'Delivery', 'Bounce', 'Complaint']);

/** Events of SES by the queue, or within the notification of a topic that does not deliver them raw. */
const unwrapped = (body: string): unknown => {
  const parsed: unknown = JSON.parse(body);
  const notification = z.object({ Type: z.literal('Notification'), Message: z.string() }).safeParse(parsed);
  return notification.success ? JSON.parse(notification.data.Message) : parsed;
};

/** Reads an event; undefined for one that is about no e-mail of ours. @throws Error for what is none */
export const readMailEvent = (body: string): MailEvent | undefined => {
  const event = sesEvent.parse(unwrapped(body));
  const { messageId, timestamp, tags } = event.mail;
  const [account] = tags.account ?? [];
  const [about] = tags.about ?? [];
  const [email] = tags.email ?? [];
  if (!told.has(event.eventType) || account === undefined || about === undefined || email === undefined)
    return undefined;
  const at = (instant: string): string => new Date(instant).toISOString();
  const news = newsOf(event);
  return {
    ...{ messageId, takenAt: at(timestamp), tags: { account, about, email } },
    news: news && { ...news, at: at(news.at) },
  };
};
