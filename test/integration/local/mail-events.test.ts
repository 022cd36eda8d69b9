import { describe, expect, it } from 'vitest';
import { eventsOf } from '#infra/local/mail-events.ts';
import type { AcceptedMail } from '#infra/local/mail-store.ts';
import { readMailEvent } from '#lib/email/ses-event.ts';

const at = '2026-11-24T10:00:01.000Z';
const mail = (destinations: string[], more: Partial<AcceptedMail> = {}): AcceptedMail => ({
  ...{ id: 'message-1', at: '2026-11-24T10:00:00.000Z', source: 'seller@example.com', destinations },
  tags: { account: 'acc_1', about: 'inv_1', email: 'eml_1' },
  ...{ configurationSetName: 'quittance-local', subject: 'Invoice' },
  ...more,
});
const read = (one: AcceptedMail) => eventsOf(one, at).map((event) => readMailEvent(JSON.stringify(event)));

describe('the events that the local SES makes', () => {
  it('are read as those of SES are: sent, delivered, bounced, complained of', () => {
    const [good, bad, cross] = ['a@x.example', 'bounce+b@x.example', 'Complaint@x.example'] as const;
    const events = read(mail([good, bad, cross]));
    const common = { messageId: 'message-1', takenAt: '2026-11-24T10:00:00.000Z' };
    for (const event of events)
      expect(event).toMatchObject({ ...common, tags: { account: 'acc_1', about: 'inv_1', email: 'eml_1' } });
    expect(events.map((event) => event?.news)).toEqual([
      undefined,
      { kind: 'delivered', at, about: [good], isForGood: false },
      { kind: 'delivered', at, about: [cross], isForGood: false },
      { kind: 'bounced', at, about: [bad], isForGood: true },
      { kind: 'complained', at, about: [cross], isForGood: false },
    ]);
  });

  it('come with a configuration set alone, and are of no e-mail without its tags', () => {
    expect(read(mail(['a@x.example'], { configurationSetName: null }))).toEqual([]);
    expect(read(mail(['a@x.example'], { tags: { account: 'acc_1' } }))).toEqual([undefined, undefined]);
  });

  it('are found in the notification of a topic, too', () => {
    const [event] = eventsOf(mail(['a@x.example']), at);
    const body = JSON.stringify({ Type: 'Notification', Message: JSON.stringify(event) });
    expect(readMailEvent(body)?.messageId).toBe('message-1');
  });
});
