import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { service } from '#test/support/service.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
  // Read when it is first needed: a deployment that serves two domains besides its own.
  process.env.LINK_DOMAINS = 'pay.example.com,bills.example.org';
});
afterAll(() => own.stop());

describe('the link domain', () => {
  it('SET-1: is one that the deployment serves, and where the links of the account point', async () => {
    const { admin } = await own.newAccount();
    const invoice = await newInvoice(admin);
    expect(invoice.link).toContain(`${service().baseUrl}/i/`);
    expect(ok(await admin.patch('/v1/settings', { linkDomain: 'bills.example.org' }))).toMatchObject({
      linkDomain: 'bills.example.org',
    });
    const { link } = ok(await admin.get(`/v1/invoices/${invoice.id}`));
    expect(link).toBe(invoice.link.replace(service().baseUrl, 'https://bills.example.org'));
    const [listed] = ok(await admin.get(`/v1/invoices/${invoice.id}/links`)).data;
    expect(listed.url).toBe(link);
    expect(await admin.patch('/v1/settings', { linkDomain: 'example.org' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/linkDomain', code: 'unknown_domain' }] },
    });
    expect(ok(await admin.patch('/v1/settings', { linkDomain: null })).linkDomain).toBeNull();
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).link).toBe(invoice.link);
  });
});
