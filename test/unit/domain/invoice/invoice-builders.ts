import { newSettings, type Settings } from '#lib/domain/account/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { WrittenInvoice } from '#lib/domain/invoice/draft.ts';
import { finalized } from '#lib/domain/invoice/finalize.ts';
import type { FinalizedHeader, Invoice } from '#lib/domain/invoice/invoice.ts';
import { newDraft } from '#lib/domain/invoice/write.ts';

/** Invoices as the rules make them, from what a client writes. */

const id = (prefix: string, end: string) => `${prefix}_${end.padStart(26, '0')}`;
export const somebody: Actor = { type: 'member', id: id('mem', '1'), name: 'Alex' };
export const at = '2027-03-10T12:00:00.000Z';

export const account = (more: Partial<Settings> = {}): Settings => ({
  ...newSettings({
    ...{ id: id('acc', '1'), name: 'Atelier Nord', country: 'DE', currency: 'EUR', timeZone: 'UTC', at },
  }),
  ...more,
});

export const contact = { id: id('con', '1'), name: 'Noor Haddad', email: 'noor@example.com' };

let lines = 0;
export const draftOf = (written: Partial<WrittenInvoice> = {}, of: Settings = account()): Invoice =>
  newDraft(
    {
      ...{ currency: 'EUR', contactId: contact.id },
      lineItems: [{ name: 'Consulting', quantity: '1', unitPrice: '100' }],
      ...written,
    },
    { id: id('inv', '1'), source: written.source ?? 'api' },
    {
      ...{ account: of, buyer: {}, stamp: { at, by: somebody } },
      newLineId: () => {
        lines += 1;
        return id('lin', String(lines));
      },
    },
  );

export const finalizedOf = (
  draft: Invoice = draftOf(),
  given: { account?: Settings; at?: string; counter?: number } = {},
): Invoice & FinalizedHeader =>
  finalized(draft, {
    ...{ account: given.account ?? account(), contact, company: undefined },
    ...{ counter: given.counter ?? 1001, run: 1, linkId: id('lnk', '1') },
    stamp: { at: given.at ?? at, by: somebody },
  });
