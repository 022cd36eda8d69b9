import { describe, expect, it } from 'vitest';
import { editChanges } from '#lib/domain/invoice/edit-changes.ts';
import { finalizedInvoice, type InvoiceInput } from '#test/unit/page/invoice-builders.ts';

const line = { name: 'Layout', quantity: '10', unitPrice: '100' };
const changesOf = (after: InvoiceInput, before: InvoiceInput = {}) =>
  editChanges(finalizedInvoice({ lines: [line], ...before }), finalizedInvoice({ lines: [line], ...after }));

describe('the changes of an edit', () => {
  it('EDIT-9: are there for header and details, with the value before and after', () => {
    expect(changesOf({ dueDate: '2026-04-10', terms: 'Net 45', internalNote: 'Call first' })).toEqual([
      { property: 'dueDate', from: '2026-03-26', to: '2026-04-10' },
      { property: 'internalNote', from: null, to: 'Call first' },
      { property: 'terms', from: null, to: 'Net 45' },
    ]);
  });

  it('EDIT-9: hold the lines as a whole, and every amount that follows', () => {
    const changes = changesOf({ lines: [{ ...line, quantity: '11' }] });
    expect(changes.map(({ property }) => property)).toEqual([
      'balanceDue',
      'lineItems',
      'subtotal',
      'taxTotal',
      'taxes',
      'total',
    ]);
    const [, lines] = changes;
    expect(lines).toMatchObject({
      from: [{ name: 'Layout', quantity: '10', amount: '1000.00' }],
      to: [{ name: 'Layout', quantity: '11', amount: '1100.00' }],
    });
    expect(changes.at(-1)).toEqual({ property: 'total', from: '1200.00', to: '1320.00' });
  });

  it('EDIT-9: leave bookkeeping out', () => {
    const by = { type: 'system', id: null, name: 'Nightly run' } as const;
    const kept = { version: 9, revision: 9, detailsRevision: 9, linesRevision: 9, documentVersion: 2 };
    expect(changesOf({ ...kept, updatedAt: '2026-03-01T08:00:00.000Z', updatedBy: by })).toEqual([]);
  });

  it('EDIT-9: take what is absent and what is empty for the same', () => {
    expect(changesOf({ notes: [], paymentMethods: [] })).toEqual([]);
  });

  it('EDIT-9: show that an invoice of nothing is paid', () => {
    const free = { lines: [{ ...line, quantity: '0' }], status: 'paid', paidAt: '2026-03-01T08:00:00.000Z' };
    expect(changesOf(free as InvoiceInput)).toContainEqual({ property: 'status', from: 'open', to: 'paid' });
  });
});
