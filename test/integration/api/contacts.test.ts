import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  newAccount,
  newContact,
  newDraft,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';

let account: TestAccount;
let admin: Client;
beforeAll(async () => {
  account = await newAccount();
  admin = account.admin;
});

let addresses = 0;
const newAddress = (): string => {
  addresses += 1;
  return `buyer${addresses}@example.com`;
};
const idsWith = async (email: string): Promise<string[]> =>
  ok(await admin.get(`/v1/contacts?${new URLSearchParams({ email })}`)).data.map(({ id }: Json) => id);

describe('a contact’s e-mail address', () => {
  it('CON-1: is unique in the account, without regard to case', async () => {
    const email = newAddress();
    const first = await newContact(admin, { email });
    for (const again of [email, email.toUpperCase(), email.replace('b', 'B')]) {
      const answer = await admin.post('/v1/contacts', { name: 'Second', email: again });
      expect([answer.status, answer.body.code]).toEqual([409, 'contact_exists']);
    }
    expect(await idsWith(email.toUpperCase())).toEqual([first.id]);
  });

  it('CON-1: of eight contacts at once becomes that of one', async () => {
    const email = newAddress();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        admin.post('/v1/contacts', {
          name: `Buyer ${index}`,
          email: index % 2 ? email : email.toUpperCase(),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
    expect(await idsWith(email)).toEqual([answers.find(({ status }) => status === 201)?.body.id]);
  });

  it('CON-1: can’t be changed to one that another has; the contact stays as it was', async () => {
    const [taken, own] = [newAddress(), newAddress()];
    await newContact(admin, { email: taken });
    const contact = await newContact(admin, { email: own });
    const answer = await admin.patch(`/v1/contacts/${contact.id}`, {
      name: 'New',
      email: taken.toUpperCase(),
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'contact_exists']);
    expect(ok(await admin.get(`/v1/contacts/${contact.id}`))).toEqual(contact);
    expect(await idsWith(own)).toEqual([contact.id]);
  });

  it('CON-1: can change its own case', async () => {
    const email = newAddress();
    const contact = await newContact(admin, { email });
    const changed = ok(await admin.patch(`/v1/contacts/${contact.id}`, { email: email.toUpperCase() }));
    expect(changed.email).toBe(email.toUpperCase());
    expect(await idsWith(email)).toEqual([contact.id]);
  });

  it('CON-1: is free again once it was changed, removed or its contact deleted', async () => {
    const emails = [newAddress(), newAddress(), newAddress()] as const;
    const made = await Promise.all(emails.map((email) => newContact(admin, { email })));
    ok(await admin.patch(`/v1/contacts/${made[0]?.id}`, { email: newAddress() }));
    ok(await admin.patch(`/v1/contacts/${made[1]?.id}`, { email: null }));
    ok(await admin.delete(`/v1/contacts/${made[2]?.id}`));
    for (const email of emails) {
      expect(await idsWith(email)).toEqual([]);
      ok(await admin.post('/v1/contacts', { name: 'Next', email }));
    }
  });

  it('CON-1: may be missing, on many contacts', async () => {
    const made = [
      await admin.post('/v1/contacts', { name: 'A' }),
      await admin.post('/v1/contacts', { name: 'B' }),
    ];
    expect(made.map(({ status, body }) => [status, body.email])).toEqual([
      [201, null],
      [201, null],
    ]);
  });

  it('CON-1: of another account does not matter', async () => {
    const email = newAddress();
    await newContact(admin, { email });
    const other = await newAccount();
    ok(await other.admin.post('/v1/contacts', { name: 'There', email }));
  });

  it.each([
    'plain',
    '@example.com',
    'a@',
    'a@b',
    'a b@example.com',
    'A <a@example.com>',
    'a@example.com, b@example.com',
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com\u0000',
    'a@exa mple.com',
    'a@@example.com',
    `${'a'.repeat(190)}@example.com`,
    'a@example.com\ud800',
  ])('SEND-14: %j is no address', async (email) => {
    const answer = await admin.post('/v1/contacts', { name: 'Wrong', email });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer: '/email', code: 'invalid_email' }]);
    const query = await admin.get(`/v1/contacts?email=${encodeURIComponent(email.toWellFormed())}`);
    expect([query.status, query.body.errors?.[0]?.pointer]).toEqual([422, '/query/email']);
  });

  it.each(['jürgen@bücher.example', 'a+tag@sub.example.co.uk', "o'hara@example.com", '用户@例子.example'])(
    'CON-1: %s is one',
    async (email) => {
      const made = ok(await admin.post('/v1/contacts', { name: 'Right', email }));
      expect([made.email, await idsWith(email)]).toEqual([email, [made.id]]);
    },
  );
});

describe('a contact or company', () => {
  const party = {
    legalName: 'Novak Instruments GmbH',
    tradingName: 'Novak',
    legalForm: 'GmbH',
    legalId: { scheme: '0002', value: '732829320' },
    vatId: 'DE136695976',
    taxNumber: '12/345/67890',
    accountingCode: '411NOVAK',
    electronicAddress: { scheme: 'EM', value: 'invoices@example.com' },
    address: {
      ...{ line1: 'Torstraße 12', line2: 'Hinterhaus', line3: '3. Stock', city: 'Berlin', region: 'Berlin' },
      ...{ postalCode: '10119', country: 'DE' },
    },
    contact: { name: 'Ada', email: 'ada@example.com', phone: '+49 30 1' },
    kind: 'business',
  };

  it.each(['contacts', 'companies'])('CON-1: %s are read back as they were written', async (kind) => {
    const made = ok(await admin.post(`/v1/${kind}`, { name: 'Novak', ...party }));
    expect(made).toMatchObject({ name: 'Novak', ...party, version: 1 });
    expect(ok(await admin.get(`/v1/${kind}/${made.id}`))).toEqual(made);
  });

  it.each(['contacts', 'companies'])(
    'API-1: a merge patch of %s changes what it names, deeply',
    async (kind) => {
      const made = ok(await admin.post(`/v1/${kind}`, { name: 'Novak', ...party }));
      const patch = { address: { line2: null, city: 'Potsdam' }, legalId: null, contact: { phone: null } };
      const changed = ok(await admin.patch(`/v1/${kind}/${made.id}`, patch));
      expect(changed).toMatchObject({
        ...party,
        legalId: null,
        address: { ...party.address, line2: null, city: 'Potsdam' },
        contact: { ...party.contact, phone: null },
        version: 2,
      });
    },
  );

  it.each(['contacts', 'companies'])('API-1: what %s need can’t be removed by a patch', async (kind) => {
    const made = ok(await admin.post(`/v1/${kind}`, { name: 'Novak', ...party }));
    const patch = { name: null, legalId: { value: null } };
    const answer = await admin.patch(`/v1/${kind}/${made.id}`, patch);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer, code }: Json) => [pointer, code])).toEqual([
      ['/name', 'required'],
      ['/legalId/value', 'required'],
    ]);
    expect(ok(await admin.get(`/v1/${kind}/${made.id}`))).toEqual(made);
  });

  it('CON-2: that a draft names can’t be deleted, until it names another', async () => {
    const contact = await newContact(admin);
    const company = ok(await admin.post('/v1/companies', { name: 'Named' }));
    const draft = await newDraft(admin, { contactId: contact.id, companyId: company.id });
    for (const path of [`/v1/contacts/${contact.id}`, `/v1/companies/${company.id}`])
      await eventually(async () => {
        const answer = await admin.delete(path, { headers: { 'if-match': '"1"' } });
        return answer.body?.code === 'in_use' ? answer : undefined;
      }, `${path} is in use`);
    ok(await admin.patch(`/v1/invoices/${draft.id}`, { contactId: null, companyId: null }));
    for (const path of [`/v1/contacts/${contact.id}`, `/v1/companies/${company.id}`])
      await eventually(
        async () => ((await admin.delete(path)).status === 204 ? true : undefined),
        `${path} is free`,
      );
  });
});
