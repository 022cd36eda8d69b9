import { describe, expect, it } from 'vitest';
import {
  line,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';
import { defineCustomProperties, faults, refusal } from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const unknownId = (prefix: string) => `${prefix}_01JD4M8ZQ5W7R3T9Y2K6H0N1VX`;

/** An invoice of each status; the account's switches are off. */
const inEachStatus = async ({ admin }: TestAccount): Promise<Json[]> => {
  const contactId = (await newContact(admin)).id;
  const draft = await newDraft(admin, { contactId });
  const [open, paid, part, voided] = [
    await newInvoice(admin, { contactId }),
    await newInvoice(admin, { contactId }),
    await newInvoice(admin, { contactId }),
    await newInvoice(admin, { contactId }),
  ];
  ok(await admin.post(`${pathOf(paid)}/payments`, { method: 'cash' }));
  ok(await admin.post(`${pathOf(part)}/payments`, { method: 'cash', amount: '1' }));
  ok(await admin.post(`${pathOf(voided)}/void`));
  return Promise.all([draft, open, paid, part, voided].map(async (one) => ok(await admin.get(pathOf(one)))));
};

describe('a PATCH of associations, notes for staff and custom properties', () => {
  it('LIFE-9: works in every status, switch off, with invoices.write; it is no edit', async () => {
    const account = await newAccount();
    await defineCustomProperties(account);
    const writer = await memberWith(account, ['invoices.write']);
    const { admin } = account;
    const company = ok(await admin.post('/v1/companies', { name: 'Duval' }));
    const other = await newContact(admin, { name: 'Other' });
    const patch = {
      ...{ ownerId: writer.id, contactIds: [other.id], companyIds: [company.id], internalNote: 'Call' },
      customProperties: { costCentre: 'R', urgent: true },
    };
    for (const invoice of await inEachStatus(account)) {
      const answer = await writer.patch(pathOf(invoice), patch);
      const { updatedAt, updatedBy, ...changed } = ok(answer);
      expect(changed).toEqual({
        ...Object.fromEntries(Object.entries(invoice).filter(([name]) => !name.startsWith('updated'))),
        ...patch,
        version: invoice.version + 1,
      });
      expect(answer.headers.get('etag')).toBe(`"${invoice.version + 1}"`);
      expect(updatedBy).toMatchObject({ id: writer.id });
      expect(updatedAt >= invoice.updatedAt).toBe(true);
      const cleared = ok(
        await writer.patch(pathOf(invoice), {
          ...{ ownerId: null, contactIds: null, companyIds: [], internalNote: null },
          customProperties: { urgent: null },
        }),
      );
      expect(cleared).toMatchObject({
        ...{ ownerId: null, internalNote: null, companyIds: [], documentVersion: invoice.documentVersion },
        ...{ customProperties: { costCentre: 'R' }, status: invoice.status, buyer: invoice.buyer },
      });
    }
  });

  it('LIFE-9: refuses what is unknown with each pointer, and a stale If-Match first', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const patch = {
      ...{ ownerId: unknownId('mem'), contactIds: [invoice.contactId, unknownId('con')] },
      ...{ companyIds: [unknownId('com')], customProperties: { nowhere: 1 } },
    };
    const answer = await admin.patch(pathOf(invoice), patch);
    expect(refusal(answer)).toEqual({ status: 422, code: 'invalid_request' });
    expect(faults(answer)).toEqual([
      '/companyIds/0 not_found',
      '/contactIds/1 not_found',
      '/customProperties/nowhere unknown_property',
      '/ownerId not_found',
    ]);
    const stale = await admin.patch(pathOf(invoice), patch, { headers: { 'if-match': '"1"' } });
    expect(refusal(stale)).toEqual({ status: 412, code: 'version_conflict' });
    expect(ok(await admin.get(pathOf(invoice)))).toEqual(invoice);
  });

  it('LIFE-9: with one more property it is an edit, and the switch is asked', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const answer = await admin.patch(pathOf(invoice), { internalNote: 'x', comments: 'y' });
    expect(refusal(answer)).toEqual({ status: 409, code: 'editing_disabled' });
  });
});

describe('an association by itself', () => {
  const kinds = {
    contacts: { list: 'contactIds', prefix: 'con', make: (admin: TestAccount['admin']) => newContact(admin) },
    companies: {
      list: 'companyIds',
      prefix: 'com',
      make: async (admin: TestAccount['admin']) => ok(await admin.post('/v1/companies', { name: 'Duval' })),
    },
  } as const;

  for (const [kind, { list, prefix, make }] of Object.entries(kinds)) {
    it(`LIFE-9: PUT and DELETE of ${kind} work in every status`, async () => {
      const account = await newAccount();
      const { admin } = account;
      const [first, second] = [await make(admin), await make(admin)];
      for (const invoice of await inEachStatus(account)) {
        const at = ({ id }: Json) => `${pathOf(invoice)}/${kind}/${id}`;
        const { version } = invoice;
        expect(ok(await admin.put(at(first)))).toMatchObject({ [list]: [first.id], version: version + 1 });
        const both = await admin.put(at(second));
        expect(both.headers.get('etag')).toBe(`"${version + 2}"`);
        expect(both.body).toMatchObject({
          ...{ [list]: [first.id, second.id], documentVersion: invoice.documentVersion },
          ...{ status: invoice.status, buyer: invoice.buyer, contactId: invoice.contactId },
        });
        expect(ok(await admin.put(at(first)))).toEqual(both.body);
        expect((await admin.delete(at(first))).status).toBe(204);
        expect(refusal(await admin.delete(at(first)))).toEqual({ status: 404, code: 'not_found' });
        expect(ok(await admin.get(pathOf(invoice)))).toMatchObject({
          ...{ [list]: [second.id], version: version + 3 },
        });
      }
    });

    it(`LIFE-9: ${kind} that are unknown are not found, a stale If-Match is refused after that`, async () => {
      const [account, foreign] = [await newAccount(), await newAccount()];
      const { admin } = account;
      const invoice = await newInvoice(admin);
      const elsewhere = await make(foreign.admin);
      const notFound = { status: 404, code: 'not_found' };
      const stale = { headers: { 'if-match': '"1"' } };
      for (const id of [unknownId(prefix), elsewhere.id, 'nonsense', invoice.id]) {
        expect(refusal(await admin.put(`${pathOf(invoice)}/${kind}/${id}`, undefined, stale))).toEqual(
          notFound,
        );
        expect(refusal(await admin.delete(`${pathOf(invoice)}/${kind}/${id}`, stale))).toEqual(notFound);
      }
      const known = await make(admin);
      const nowhere = `/v1/invoices/${unknownId('inv')}/${kind}/${known.id}`;
      expect(refusal(await admin.put(nowhere))).toEqual(notFound);
      expect(refusal(await foreign.admin.put(`${pathOf(invoice)}/${kind}/${elsewhere.id}`))).toEqual(
        notFound,
      );
      const conflict = { status: 412, code: 'version_conflict' };
      expect(refusal(await admin.put(`${pathOf(invoice)}/${kind}/${known.id}`, undefined, stale))).toEqual(
        conflict,
      );
      ok(await admin.put(`${pathOf(invoice)}/${kind}/${known.id}`));
      expect(refusal(await admin.delete(`${pathOf(invoice)}/${kind}/${known.id}`, stale))).toEqual(conflict);
    });
  }

  it('API-8: fifty of a kind and no more; one that is there already can be put again', async () => {
    const { admin } = await newAccount();
    const ids = await Promise.all(Array.from({ length: 51 }, async () => (await newContact(admin)).id));
    const invoice = await newDraft(admin, { contactIds: ids.slice(0, 50), lineItems: [line()] });
    const over = await admin.put(`${pathOf(invoice)}/contacts/${ids[50]}`);
    expect(refusal(over)).toEqual({ status: 422, code: 'invalid_request' });
    expect(faults(over)).toEqual(['/contactIds too_large']);
    expect(ok(await admin.put(`${pathOf(invoice)}/contacts/${ids[49]}`)).version).toBe(1);
    expect((await admin.delete(`${pathOf(invoice)}/contacts/${ids[0]}`)).status).toBe(204);
    expect(ok(await admin.put(`${pathOf(invoice)}/contacts/${ids[50]}`)).contactIds).toEqual(ids.slice(1));
  });

  it('LIFE-9: puts of many at once leave every one of them', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await newContact(admin)).id));
    const answers = await Promise.all(ids.map((id) => admin.put(`${pathOf(invoice)}/contacts/${id}`)));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
    const { contactIds, version } = ok(await admin.get(pathOf(invoice)));
    expect([...contactIds].sort()).toEqual([...ids].sort());
    expect(version).toBe(invoice.version + 8);
  });

  it('HIST-1: each is in the history by its own name, once', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const contact = await newContact(admin);
    const company = ok(await admin.post('/v1/companies', { name: 'Duval' }));
    const places = [`contacts/${contact.id}`, `companies/${company.id}`].map(
      (at) => `${pathOf(invoice)}/${at}`,
    );
    for (const place of places) for (const _ of 'xx') ok(await admin.put(place));
    for (const place of places) expect((await admin.delete(place)).status).toBe(204);
    const entries = await eventually(async () => {
      const { data } = ok(await admin.get(`${pathOf(invoice)}/history`));
      return data.length === 6 ? (data as Json[]) : undefined;
    }, 'six entries');
    expect(entries.slice(2).map(({ action, changes }) => ({ action, changes }))).toEqual([
      { action: 'contact_added', changes: [{ property: 'contactIds', from: null, to: [contact.id] }] },
      { action: 'company_added', changes: [{ property: 'companyIds', from: null, to: [company.id] }] },
      { action: 'contact_removed', changes: [{ property: 'contactIds', from: [contact.id], to: [] }] },
      { action: 'company_removed', changes: [{ property: 'companyIds', from: [company.id], to: [] }] },
    ]);
  });
});
