import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mail } from '#functions/wiring/mail.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import { type Client, newContact, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type Json, service } from '#test/support/service.ts';

/** What the provider does with a message: takes it, answers, or both and the answer is lost. */
type Script = (deliver: () => Promise<unknown>) => Promise<unknown>;

const answers = (statusCode: number, code?: string): Script => {
  const body =
    code === undefined
      ? ''
      : `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error></ErrorResponse>`;
  const headers = { 'content-type': 'text/xml' };
  return async () => ({ response: { statusCode, headers, body: Buffer.from(body) } });
};
const takesIt: Script = (deliver) => deliver();
const takesItAndIsNotHeard: Script = async (deliver) => {
  await deliver();
  throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
};
const isNotThere: Script = async () => {
  throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
};

let own: OwnService;
let script: Script[] = [];
let asked = 0;
beforeAll(async () => {
  own = await startOwnService();
  const { client } = mail();
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  client.config.requestHandler = Object.assign(Object.create(requestHandler), {
    handle: (...call: Parameters<typeof handle>) => {
      asked += 1;
      const step = script.shift() ?? takesIt;
      return step(() => handle(...call));
    },
  });
});
afterEach(() => {
  script = [];
});
afterAll(async () => {
  await own.stop();
  await closeBrowser();
});

type State = { accountId: string; admin: Client; path: string; to: string; bodies: string[]; invoice: Json };
/** An e-mail that waits to be sent, its PDF made. */
const queued = async (body: Record<string, unknown> = {}): Promise<State> => {
  const { id: accountId, admin } = await own.newAccount();
  const contact = await newContact(admin);
  const invoice = await newInvoice(admin, { contactId: contact.id });
  const path = `/v1/invoices/${invoice.id}`;
  ok(await admin.post(`${path}/send`, body));
  await own.stream('relay-outbox', await own.records(accountId));
  expect(await own.queue('render-pdf', await own.take('render', accountId))).toBe(0);
  const bodies = await own.take('email', accountId);
  asked = 0;
  return { accountId, admin, path, to: contact.email, bodies, invoice };
};

const emailOf = async ({ admin, path }: State): Promise<Json> =>
  ok(await admin.get(`${path}/emails`)).data[0];
const mailsTo = async ({ to }: State): Promise<Json[]> => {
  const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
  return store.filter(({ destinations }) => destinations.includes(to));
};

describe('what the provider answers', () => {
  const cases: [string, Script, { status: string; warning: string; mails: number }][] = [
    [
      'a failure of its own',
      answers(500, 'InternalFailure'),
      { status: 'unknown', warning: 'provider_unclear', mails: 0 },
    ],
    [
      'that it is out of service',
      answers(503, 'ServiceUnavailable'),
      { status: 'unknown', warning: 'provider_unclear', mails: 0 },
    ],
    [
      'nothing, though it took the message',
      takesItAndIsNotHeard,
      { status: 'unknown', warning: 'provider_unclear', mails: 1 },
    ],
    [
      'that it will not take it',
      answers(400, 'MessageRejected'),
      { status: 'failed', warning: 'provider_refused', mails: 0 },
    ],
    [
      'that the sender is not verified',
      answers(400, 'MailFromDomainNotVerifiedException'),
      { status: 'failed', warning: 'provider_refused', mails: 0 },
    ],
  ];
  it.each(cases)(
    'SEND-11: %s: is shown, and the message is not sent again',
    async (_what, step, expected) => {
      const state = await queued();
      script = [step];
      expect(await own.queue('send-email', state.bodies)).toBe(0);
      for (const _ of [1, 2]) expect(await own.queue('send-email', state.bodies)).toBe(0);
      expect(asked).toBe(1);
      const email = await emailOf(state);
      expect(email).toMatchObject({
        status: expected.status,
        sentAt: null,
        warnings: [{ code: expected.warning }],
      });
      expect(await mailsTo(state)).toHaveLength(expected.mails);
      expect(ok(await state.admin.get(state.path)).lastSentAt).toBe(null);
    },
  );

  it.each([
    ['too many at once', answers(429, 'TooManyRequestsException')],
    ['throttling', answers(400, 'Throttling')],
    ['no connection', isNotThere],
  ])('SEND-11: %s: the message comes again and is sent once', async (_what, step) => {
    const state = await queued();
    script = [step, step];
    for (const _ of [1, 2]) {
      expect(await own.queue('send-email', state.bodies)).toBe(1);
      expect(await emailOf(state)).toMatchObject({ status: 'queued', warnings: [] });
    }
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    expect(await emailOf(state)).toMatchObject({ status: 'sent' });
    expect(await mailsTo(state)).toHaveLength(1);
  });

  it('SEND-11: two workers, one held up at the provider: the other waits, and one is sent', async () => {
    const state = await queued();
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const { promise: release, resolve: letGo } = Promise.withResolvers<void>();
    script = [
      async (deliver) => {
        held();
        await release;
        return deliver();
      },
    ];
    const first = own.queue('send-email', state.bodies);
    await isHeld;
    expect(await own.queue('send-email', state.bodies)).toBe(1);
    expect(await emailOf(state)).toMatchObject({ status: 'sending' });
    letGo();
    expect(await first).toBe(0);
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    expect(await mailsTo(state)).toHaveLength(1);
    expect(await emailOf(state)).toMatchObject({ status: 'sent' });
  });

  it('SEND-11: one that was given up as unknown is known to be sent when the answer comes after all', async () => {
    const state = await queued();
    const { accountId, invoice } = state;
    const { id } = await emailOf(state);
    script = [
      async (deliver) => {
        const email = await readRecord(table(), emails, accountId, invoice.id, id);
        if (email === undefined) throw new Error('no e-mail');
        const writes = new Transaction(table());
        putRecord(writes, emails, email, { ...email, status: 'unknown', leaseUntil: undefined });
        await writes.commit();
        return deliver();
      },
    ];
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    expect(await emailOf(state)).toMatchObject({ status: 'sent' });
    expect(await mailsTo(state)).toHaveLength(1);
  });
});

describe('an address that no provider takes', () => {
  it('SEND-11: is refused when it is asked for', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    const answer = await admin.post(`/v1/invoices/${invoice.id}/send`, {
      ...{ to: 'jörg@example.com', cc: ['a@example.com', 'zoë@example.com'] },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer, code }: Json) => `${pointer} ${code}`)).toEqual([
      '/to not_deliverable',
      '/cc/1 not_deliverable',
    ]);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}/emails`)).data).toEqual([]);
  });

  it('SEND-11: fails visibly where it got as far as the queue', async () => {
    const state = await queued();
    const { accountId, invoice } = state;
    const { id } = await emailOf(state);
    const email = await readRecord(table(), emails, accountId, invoice.id, id);
    if (email === undefined) throw new Error('no e-mail');
    const writes = new Transaction(table());
    putRecord(writes, emails, email, { ...email, from: 'jörg@example.com' });
    await writes.commit();
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    expect(asked).toBe(0);
    expect(await emailOf(state)).toMatchObject({
      ...{ status: 'failed', warnings: [{ code: 'address_not_deliverable' }] },
    });
  });
});
