import { expect, it } from 'vitest';
import { apiKeyWith, memberWith, newAccount, newDraft, newInvoice, ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';

const vat = (rate: string) => ({ category: 'S', rate });
const lineItems = [
  { name: 'Layout', quantity: '12', unit: 'HUR', unitPrice: '85', tax: vat('20') },
  {
    name: 'Proofs',
    quantity: '3',
    unitPrice: '42.505',
    tax: vat('5.5'),
    discount: { type: 'percent', value: '10' },
  },
];
const discounts = [{ label: 'Regular customer', type: 'percent', value: '3.3' }];
const fees = [{ label: 'Delivery', type: 'amount', value: '15', tax: vat('20') }];

/** What stands at a JSON Pointer of an answer. */
const at = (document: Json, pointer: string): Json =>
  pointer
    .slice(1)
    .split('/')
    .reduce((value, key) => value[key], document);

it('TOT-5: a finalized invoice is explained step by step, to the amounts that are stored', async () => {
  const { admin } = await newAccount();
  const invoice = await newInvoice(admin, { lineItems, discounts, fees });
  const { currency, steps, total } = ok(await admin.get(`/v1/invoices/${invoice.id}/explain`));

  expect({ currency, total }).toEqual({ currency: 'EUR', total: invoice.total });
  expect(steps[0]).toEqual({
    step: 'line_amount',
    rule: 'TOT-2',
    pointer: '/lineItems/0/amount',
    label: 'Layout',
    formula: '12 × 85',
    exact: '1020',
    rounding: 'nearest',
    result: '1020.00',
    note: null,
  });
  expect(steps.map(({ step, result }: Json) => `${step} ${result}`)).toEqual([
    'line_amount 1020.00',
    'line_gross 127.52',
    'line_discount 12.75',
    'line_amount 114.77',
    'subtotal 1134.77',
    'discount 37.45',
    'discount_quota 3.78',
    'discount_quota 33.66',
    'discount_rest 0.01',
    'discount_share 3.79',
    'discount_share 33.66',
    'discount_total 37.45',
    'fee 15.00',
    'fee_total 15.00',
    'tax_base 110.98',
    'tax 6.10',
    'tax_base 1001.34',
    'tax 200.27',
    'tax_total 206.37',
    'total 1318.69',
  ]);
  const stored = steps.filter(({ pointer }: Json) => typeof at(invoice, pointer) === 'string');
  expect(stored).toHaveLength(15);
  for (const { pointer, result } of stored) expect(at(invoice, pointer), pointer).toBe(result);
});

it('TOT-5: a draft in another currency is explained too, to its tax in the account’s', async () => {
  const { admin } = await newAccount({ currency: 'EUR' });
  const draft = await newDraft(admin, { currency: 'USD', exchangeRate: '0.9123456789', lineItems });
  const { steps } = ok(await admin.get(`/v1/invoices/${draft.id}/explain`));
  expect(steps.at(-1)).toMatchObject({
    step: 'tax_total_accounting',
    label: 'EUR',
    formula: `${draft.taxTotal} × 0.9123456789`,
    result: draft.taxTotalAccounting,
  });
});

it('TOT-5: only who may read invoices sees it, and each account its own', async () => {
  const account = await newAccount();
  const draft = await newDraft(account.admin);
  const path = `/v1/invoices/${draft.id}/explain`;
  const reader = await apiKeyWith(account, ['invoices.read']);
  expect((await reader.get(path)).status).toBe(200);
  const other = await memberWith(account, ['contacts.read']);
  expect(await other.get(path)).toMatchObject({ status: 403, body: { code: 'permission_denied' } });
  const { admin: stranger } = await newAccount();
  expect(await stranger.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
});
