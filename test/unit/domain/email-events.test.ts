import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recipient } from '#lib/domain/email.ts';
import { afterEvent, type MailEventKind } from '#lib/domain/email-events.ts';

const start: Recipient[] = ['a@x.example', 'b@x.example'].map((email) => ({
  ...{ email, status: 'sent', at: '2026-11-24T10:00:00.000Z' },
}));
const at = (second: number): string => `2026-11-24T10:00:0${second}.000Z`;
type Event = { kind: MailEventKind; at: string; about: string[] };
const all = (events: readonly Event[]): Recipient[] =>
  events.reduce<Recipient[]>((recipients, event) => afterEvent(recipients, event) ?? recipients, start);

describe('the events of an e-mail', () => {
  const [a, b] = ['a@x.example', 'b@x.example'];
  const events: Event[] = [
    { kind: 'delivered', at: at(1), about: [a, b] },
    { kind: 'bounced', at: at(2), about: [b] },
    { kind: 'complained', at: at(3), about: [a] },
  ];

  it('SEND-12: come to the same in any order, however often each comes', () => {
    const expected = all(events);
    expect(expected.map(({ email, status, at: when }) => [email, status, when])).toEqual([
      [a, 'complained', at(3)],
      [b, 'bounced', at(2)],
    ]);
    const order = fc.array(fc.constantFrom(...events), { maxLength: 6 });
    fc.assert(
      fc.property(order, fc.shuffledSubarray(events, { minLength: events.length }), (before, last) => {
        expect(all([...before, ...last])).toEqual(expected);
      }),
    );
  });

  it('SEND-12: say nothing new when they come again, or of somebody else', () => {
    const [delivery] = events as [Event];
    expect(afterEvent(all([delivery]), delivery)).toBeUndefined();
    expect(afterEvent(start, { ...delivery, about: ['c@x.example'] })).toBeUndefined();
  });
});
