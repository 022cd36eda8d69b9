import { describe, expect, it } from 'vitest';
import { headerKey } from '#lib/data/keys.ts';
import { type Client, line, newAccount, newContact, ok } from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';
import { patchStored } from '#test/support/shared-table.ts';

const pathOf = (id: string) => `/v1/invoices/${id}`;

/** What each action of `actions` is to a client. */
const perform: Record<string, (admin: Client, id: string) => Promise<Answer>> = {
  edit: (admin, id) => admin.patch(pathOf(id), { title: 'Other' }),
  void: (admin, id) => admin.post(`${pathOf(id)}/void`),
  delete: (admin, id) => admin.delete(pathOf(id)),
  pay: (admin, id) => admin.post(`${pathOf(id)}/payments`, { method: 'cash' }),
  send: (admin, id) => admin.post(`${pathOf(id)}/send`, { to: 'somebody@buyer.example' }),
  clone: (admin, id) => admin.post(`${pathOf(id)}/clone`),
  finalize: (admin, id) => admin.post(`${pathOf(id)}/finalize`),
};
const names = Object.keys(perform);

type Switches = { allowEditFinalized: boolean; allowDeleteFinalized: boolean };
type Place = { accountId: string; admin: Client; contactId: string };
/** Every state that decides on an action: the status, the source, and what was paid how. */
const states: Record<string, (place: Place) => Promise<string>> = {
  'a draft': (place) => draft(place),
  'an empty draft': async ({ admin }) => ok(await admin.post('/v1/invoices', { currency: 'EUR' })).id,
  'a draft due before its date': (place) =>
    draft(place, { invoiceDate: '2031-01-02', dueDate: '2031-01-01' }),
  'a draft of a subscription': (place) => draft(place, subscription),
  'an open one': (place) => open(place),
  'a clone, finalized': async (place) => {
    const { id } = ok(await place.admin.post(`${pathOf(await open(place))}/clone`));
    ok(await place.admin.post(`${pathOf(id)}/finalize`));
    return id;
  },
  'an open one of a subscription': (place) => open(place, subscription),
  'one paid in part': (place) => paid(place, '1'),
  'a paid one': (place) => paid(place, '100'),
  'a paid one of a subscription': (place) => paid(place, '100', subscription),
  'one of nothing': (place) => open(place, { lineItems: [line({ unitPrice: '0' })] }),
  'an open one with a refunded online payment': async (place) => online(place, await open(place)),
  'one paid in part online': async (place) => online(place, await paid(place, '1')),
  'one paid online': async (place) => online(place, await paid(place, '100')),
  'a void one': async (place) => {
    const id = await open(place);
    ok(await place.admin.post(`${pathOf(id)}/void`));
    return id;
  },
};
const subscription = { source: 'subscription', subscriptionId: 'sub_1' };
const draft = async ({ admin, contactId }: Place, more: object = {}): Promise<string> =>
  ok(await admin.post('/v1/invoices', { currency: 'EUR', contactId, lineItems: [line()], ...more })).id;
const open = async (place: Place, more: object = {}): Promise<string> => {
  const id = await draft(place, more);
  ok(await place.admin.post(`${pathOf(id)}/finalize`));
  return id;
};
const paid = async (place: Place, amount: string, more: object = {}): Promise<string> => {
  const id = await open(place, more);
  ok(await place.admin.post(`${pathOf(id)}/payments`, { method: 'cash', amount }));
  return id;
};
const online = async ({ accountId }: Place, id: string): Promise<string> => {
  await patchStored(headerKey(accountId, id), { hadOnlinePayment: true });
  return id;
};

const placeWith = async (switches: Switches): Promise<Place> => {
  const { id: accountId, admin } = await newAccount();
  ok(await admin.patch('/v1/settings', switches));
  return { accountId, admin, contactId: (await newContact(admin)).id };
};

/** Performs every action, on an invoice of its own where it is not to be refused; what each then gave. */
const performAll = async (place: Place, make: (place: Place) => Promise<string>) => {
  const { admin } = place;
  const kept = await make(place);
  const before = ok(await admin.get(pathOf(kept)));
  const given: Record<string, string | null> = {};
  for (const name of names) {
    const id = before.actions[name] === null ? await make(place) : kept;
    const answer = await perform[name]?.(admin, id);
    given[name] = answer !== undefined && answer.status < 300 ? null : answer?.body.code;
  }
  return { told: before.actions as Json, given, before, after: ok(await admin.get(pathOf(kept))) };
};

describe('what can be done with an invoice', () => {
  const switches: Switches[] = [
    { allowEditFinalized: false, allowDeleteFinalized: false },
    { allowEditFinalized: true, allowDeleteFinalized: true },
  ];
  for (const given of switches) {
    const which = `edits ${given.allowEditFinalized ? 'on' : 'off'}, deletions ${given.allowDeleteFinalized ? 'on' : 'off'}`;
    it(`LIFE-11: is what it tells, and a refusal changes nothing (${which})`, async () => {
      const place = await placeWith(given);
      const seen = await Promise.all(
        Object.entries(states).map(async ([state, make]) => ({ state, ...(await performAll(place, make)) })),
      );
      for (const { state, told, given: got, before, after } of seen) {
        expect({ state, ...got }).toEqual({ state, ...told });
        expect(after).toEqual(before);
      }
    });
  }

  it('LIFE-11: follows the switches on the next look', async () => {
    const place = await placeWith({ allowEditFinalized: false, allowDeleteFinalized: false });
    const id = await open(place);
    const told = async () => {
      const { actions } = ok(await place.admin.get(pathOf(id)));
      return [actions.edit, actions.delete];
    };
    expect(await told()).toEqual(['editing_disabled', 'deletion_disabled']);
    ok(await place.admin.patch('/v1/settings', { allowEditFinalized: true }));
    expect(await told()).toEqual([null, 'deletion_disabled']);
    ok(await place.admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    expect(await told()).toEqual([null, null]);
  });
});
