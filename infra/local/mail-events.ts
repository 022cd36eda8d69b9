import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Emulators } from './emulators.ts';
import type { AcceptedMail } from './mail-store.ts';

/**
 * What SES would tell of an e-mail that it took. As with its mailbox simulator, the part of an address before the @ says
 * what becomes of it: `bounce` bounces for good, `complaint` is delivered and complained of; `+label` may follow
 * (https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html). Everything else is delivered.
 */
export const eventsOf = (mail: AcceptedMail, at: string): Record<string, unknown>[] => {
  // Events are published for a configuration set alone.
  if (mail.configurationSetName === null) return [];
  const tags = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]));
  const common = {
    mail: {
      timestamp: mail.at,
      messageId: mail.id,
      source: mail.source,
      destination: mail.destinations,
      tags,
    },
  };
  const named = (name: string): string[] =>
    mail.destinations.filter((address) => new RegExp(`^${name}(\\+[^@]*)?@`, 'i').test(address));
  const bounced = named('bounce');
  const complained = named('complaint');
  const delivered = mail.destinations.filter((address) => !bounced.includes(address));
  const asRecipients = (list: string[]) => list.map((emailAddress) => ({ emailAddress }));
  return [
    { eventType: 'Send', send: {} },
    ...delivered.map((one) => ({ eventType: 'Delivery', delivery: { timestamp: at, recipients: [one] } })),
    ...bounced.map((one) => ({
      eventType: 'Bounce',
      bounce: {
        ...{ timestamp: at, bounceType: 'Permanent', bounceSubType: 'General' },
        bouncedRecipients: asRecipients([one]),
      },
    })),
    ...complained.map((one) => ({
      eventType: 'Complaint',
      complaint: { timestamp: at, complainedRecipients: asRecipients([one]) },
    })),
  ].map((event) => ({ ...event, ...common }));
};

/** Puts the events of each e-mail that the local SES takes on the queue; answers how to stop that. */
export const publishMailEvents = (
  emulators: Pick<Emulators, 'onMail' | 'queueUrl'>,
  queue: string,
  onError: (error: unknown) => void,
): (() => Promise<void>) => {
  const client = new SQSClient({});
  const under = new Set<Promise<void>>();
  const publish = async (mail: AcceptedMail): Promise<void> => {
    for (const event of eventsOf(mail, new Date().toISOString()))
      await client.send(
        new SendMessageCommand({ QueueUrl: emulators.queueUrl(queue), MessageBody: JSON.stringify(event) }),
      );
  };
  const stopListening = emulators.onMail((mail) => {
    const publishing = publish(mail)
      .catch(onError)
      .finally(() => under.delete(publishing));
    under.add(publishing);
  });
  return async () => {
    stopListening();
    await Promise.all(under);
  };
};
