import { describe, expect, it } from 'vitest';
import { type InvoiceHeader, invoiceSources, invoiceStatuses } from '#lib/domain/invoice/invoice.ts';
import { actionsOf, missingToFinalize } from '#lib/domain/invoice/refusals.ts';
import { account, at, draftOf, finalizedOf } from './invoice-builders.ts';

type Case = {
  status: (typeof invoiceStatuses)[number];
  source: (typeof invoiceSources)[number];
  edit: boolean;
  del: boolean;
  payments: number;
  online: boolean;
};

/** Every combination that can be. */
const cases: Case[] = invoiceStatuses.flatMap((status) =>
  invoiceSources.flatMap((source) =>
    [true, false].flatMap((edit) =>
      [true, false].flatMap((del) =>
        [0, 1].flatMap((payments) =>
          [true, false].map((online) => ({ status, source, edit, del, payments, online })),
        ),
      ),
    ),
  ),
);

/** The rules again, one sentence each: the first that applies answers (rules.md, "Order of refusals"). */
const expected = ({ status, source, edit, del, payments, online }: Case) => {
  const first = (...rules: [boolean, string][]) => rules.find(([applies]) => applies)?.[1] ?? null;
  const draft = status === 'draft';
  const ofStatus: [boolean, string][] = [
    [draft, 'invoice_is_draft'],
    [status === 'voided', 'invoice_voided'],
  ];
  const paid: [boolean, string] = [status === 'paid', 'invoice_paid'];
  return {
    edit: draft
      ? null
      : first(
          [!edit, 'editing_disabled'],
          [source === 'subscription', 'invoice_from_subscription'],
          ...ofStatus,
          paid,
          [payments > 0 || online, 'invoice_has_payments'],
        ),
    void: first([online, 'invoice_has_online_payment'], ...ofStatus, paid, [
      payments > 0,
      'invoice_has_payments',
    ]),
    delete: draft ? null : first([!del, 'deletion_disabled'], paid, [payments > 0, 'invoice_has_payments']),
    pay: first(...ofStatus, paid),
    send: first(...ofStatus),
    clone: null,
    finalize: draft ? null : 'invoice_not_draft',
  };
};

describe('what can’t be done with an invoice', () => {
  it('LIFE-11: is told for every status, source, switch and payment, the first reason in the order of refusals', () => {
    for (const one of cases) {
      const header: InvoiceHeader = {
        ...finalizedOf(),
        ...{ status: one.status, source: one.source, paymentCount: one.payments },
        hadOnlinePayment: one.online,
      };
      const switches = { allowEditFinalized: one.edit, allowDeleteFinalized: one.del };
      expect({ ...one, ...actionsOf(header, account(switches), at) }).toEqual({ ...one, ...expected(one) });
    }
    expect(cases).toHaveLength(4 * 3 * 2 * 2 * 2 * 2);
  });

  it('LIFE-3: what a draft lacks is told all at once, and nothing of one that lacks nothing', () => {
    const faultsOf = (...[written, of]: Parameters<typeof draftOf>) =>
      missingToFinalize(draftOf(written, of), of ?? account(), at).map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    expect(faultsOf()).toEqual([]);
    expect(faultsOf({ contactId: undefined, lineItems: [], dueDate: '2027-03-09' })).toEqual([
      '/contactId required',
      '/lineItems required',
      '/dueDate before_invoice_date',
    ]);
    expect(faultsOf({ dueDate: '2027-03-10' })).toEqual([]);
    expect(faultsOf({ invoiceDate: '2030-01-02', dueDate: '2030-01-01' })).toHaveLength(1);
    expect(faultsOf({ invoiceDate: '2199-12-31' })).toEqual([]);
    expect(faultsOf({ invoiceDate: '2199-12-31' }, account({ paymentTermDays: 1 }))).toEqual([
      '/paymentTermDays too_late',
    ]);
    expect(actionsOf(draftOf({ lineItems: [] }), account(), at).finalize).toBe('invoice_incomplete');
  });
});
