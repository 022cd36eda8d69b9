import { beforeAll, describe, expect, it } from 'vitest';
import { call, eventually, type Json, mails, ok, publishMailEvent, token } from './api.ts';
import { mailFrom } from './deployment.ts';

/** The main job, on what is deployed: each step needs the one before. */
let founder: string;
const as = (method: string, path: string, body?: unknown) => call(method, path, { token: founder, body });
let account: Json;
let invoice: Json;
let schedule: Json;
let email: Json;

beforeAll(async () => {
  founder = await token({ sub: 'founder', email: mailFrom, name: 'Alex Founder' });
});

describe('a deployment', () => {
  it('API-5: says that it is well, and what it offers', async () => {
    expect((await call('GET', '/health')).status).toBe(200);
    expect(ok(await call('GET', '/openapi.json')).openapi).toMatch(/^3\.1/);
    expect((await call('GET', '/nowhere')).body.code).toBe('not_found');
    expect((await call('GET', '/v1/invoices')).body.code).toBe('unauthenticated');
  });

  it('PERM-8, SEND-15: takes an account, and proves its sender by a code in an e-mail', async () => {
    account = ok(
      await as('POST', '/v1/accounts', {
        ...{ name: 'Atelier Nord', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' },
      }),
    );
    ok(await as('POST', '/v1/sender-addresses', { email: mailFrom, sharedWith: 'account' }));
    const code = await eventually(
      async () =>
        (await mails())
          .filter(({ To }) => To.some((to) => to.includes(mailFrom)))
          .map(({ BodyText }) => /^(\d{6})\r?$/m.exec(BodyText)?.[1])
          .find((found) => found !== undefined),
      'the code is in the mail',
    );
    ok(await as('POST', `/v1/sender-addresses/${encodeURIComponent(mailFrom)}/confirm`, { code }));
  });

  it('NUM-1: finalizes a draft', async () => {
    const contact = ok(await as('POST', '/v1/contacts', { name: 'Noor Haddad', email: 'noor@example.com' }));
    const lineItems = [
      { name: 'Layout', quantity: '12', unitPrice: '85', tax: { category: 'S', rate: '20' } },
    ];
    const draft = ok(await as('POST', '/v1/invoices', { currency: 'EUR', contactId: contact.id, lineItems }));
    invoice = ok(await as('POST', `/v1/invoices/${draft.id}/finalize`));
    expect(invoice).toMatchObject({ status: 'open', number: 'INV-1001', total: '1224.00' });
  });

  it('EXP-4: takes a schedule', async () => {
    // At the next full minute but one: while the rest of the journey goes on.
    const due = new Date(Date.now() + 90_000);
    schedule = ok(
      await as('POST', '/v1/export-schedules', {
        ...{ name: 'Sales', format: 'csv', columns: ['number', 'total'], sort: 'number' },
        ...{ cron: `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`, timeZone: 'UTC' },
        recipients: ['books@example.com'],
      }),
    );
    expect(Date.parse(schedule.nextRunAt) - Date.now()).toBeLessThan(100_000);
  });

  it('PDF-3: makes the PDF, and lends it', async () => {
    const pdf = await eventually(async () => {
      const answer = await as('GET', `/v1/invoices/${invoice.id}/pdf`);
      return answer.status === 200 ? answer.body : undefined;
    }, 'the PDF is made');
    const bytes = Buffer.from(await (await fetch(pdf.url)).arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('SEND-1: sends the e-mail', async () => {
    email = ok(await as('POST', `/v1/invoices/${invoice.id}/send`, { intro: 'Thank you for your order.' }));
    const mail = await eventually(
      async () => (await mails()).find(({ To }) => To.some((to) => to.includes('noor@example.com'))),
      'the e-mail went out',
    );
    expect(mail.Subject).toContain('INV-1001');
  });

  it('SEND-12: shows for whom the e-mail bounced, by the topic, the queue and its worker', async () => {
    const emailNow = async (): Promise<Json> =>
      ok(await as('GET', `/v1/invoices/${invoice.id}/emails`)).data.find(({ id }: Json) => id === email.id);
    const { messageId } = await eventually(async () => {
      const now = await emailNow();
      return now.status === 'sent' ? now : undefined;
    }, 'the e-mail is noted as sent');
    const timestamp = new Date().toISOString();
    await publishMailEvent({
      eventType: 'Bounce',
      mail: {
        ...{ timestamp, messageId, source: mailFrom, destination: ['noor@example.com'] },
        tags: { account: [account.id], about: [invoice.id], email: [email.id] },
      },
      bounce: {
        ...{ timestamp, bounceType: 'Permanent', bounceSubType: 'General' },
        bouncedRecipients: [{ emailAddress: 'noor@example.com', action: 'failed', status: '5.1.1' }],
      },
    });
    const [recipient] = await eventually(async () => {
      const { recipients } = await emailNow();
      return recipients[0]?.status === 'bounced' ? recipients : undefined;
    }, 'the bounce is shown');
    expect(recipient).toMatchObject({ email: 'noor@example.com', status: 'bounced' });
  });

  it('LINK-1: opens the buyer’s page', async () => {
    const page = await call('GET', invoice.link);
    expect(page.status).toBe(200);
    expect(page.text).toContain('INV-1001');
  });

  it('PAY-1: takes a payment', async () => {
    ok(await as('POST', `/v1/invoices/${invoice.id}/payments`, { method: 'wire_transfer' }));
    expect(ok(await as('GET', `/v1/invoices/${invoice.id}`))).toMatchObject({
      status: 'paid',
      balanceDue: '0.00',
    });
  });

  it('HIST-1: tells the history, from the table’s stream', async () => {
    const told = ['created', 'finalized', 'email_sent', 'email_bounced', 'payment_recorded'];
    await eventually(async () => {
      const entries: Json[] = ok(await as('GET', `/v1/invoices/${invoice.id}/history`)).data;
      const found = entries.map(({ action }) => action);
      return told.every((action) => found.includes(action)) || undefined;
    }, 'the history tells the story');
  });

  it('EXP-1: writes an export', async () => {
    const { id } = ok(await as('POST', '/v1/exports', { format: 'csv' }));
    const done = await eventually(async () => {
      const job = ok(await as('GET', `/v1/exports/${id}`));
      return ['done', 'failed'].includes(job.status) ? job : undefined;
    }, 'the export is over');
    expect(done.status).toBe('done');
    expect(await (await fetch(done.files[0].url)).text()).toContain('INV-1001');
  });

  it('EXP-4: exports when the clock says so, and mails a link that leads to the file', async () => {
    const mail = await eventually(
      async () => (await mails()).find(({ To }) => To.some((to) => to.includes('books@example.com'))),
      'the schedule’s e-mail went out',
      // The rule wakes the function once a minute.
      { seconds: 240 },
    );
    const link = /https?:\/\/\S+\/x\/[\w.~-]+/.exec(mail.BodyText)?.[0];
    const { status, location } = await call('GET', link ?? 'no link in the e-mail');
    expect([status, location?.startsWith('http')]).toEqual([302, true]);
    expect(await (await fetch(location ?? '')).text()).toContain('INV-1001,1224.00');
    const [run, ...others] = ok(await as('GET', `/v1/export-schedules/${schedule.id}`)).lastRuns;
    expect(others).toEqual([]);
    expect(run).toMatchObject({ status: 'done', rows: 1, dueAt: schedule.nextRunAt });
  });
});
