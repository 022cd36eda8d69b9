import { expect, it } from 'vitest';
import { type Cloned, clonedFrom, withoutMissing } from '#lib/domain/invoice/clone.ts';
import { account, contact, draftOf, finalizedOf } from './invoice-builders.ts';

const nothing = {
  ...{ contactIds: new Set<string>(), companyIds: new Set<string>(), memberIds: new Set<string>() },
  customProperties: new Set<string>(),
};
const termOf = ({ written, warnings }: Cloned) => [written.paymentTermDays, warnings.length];

it('LIFE-6: the term of a clone is the original’s, or the days between its dates, never the dates', () => {
  const dates = { invoiceDate: '2027-03-10', dueDate: '2027-04-09' };
  for (const original of [draftOf(dates), finalizedOf(draftOf(dates))]) {
    const { written } = clonedFrom(original, account());
    expect(written).toMatchObject({ paymentTermDays: 30, contactId: contact.id });
    for (const left of ['invoiceDate', 'dueDate', 'slug', 'source', 'subscriptionId'])
      expect(written).not.toHaveProperty(left);
  }
  expect(termOf(clonedFrom(finalizedOf(draftOf({ paymentTermDays: 7 })), account()))).toEqual([7, 0]);
  expect(termOf(clonedFrom(draftOf({ dueDate: '2027-04-09' }), account()))).toEqual([undefined, 0]);
});

it('LIFE-6: a time between two dates that no term can be is left out and told', () => {
  const between = (dueDate: string) =>
    termOf(clonedFrom(draftOf({ invoiceDate: '2027-01-01', dueDate }), account()));
  expect(between('2036-12-29')).toEqual([3_650, 0]);
  expect(between('2036-12-30')).toEqual([undefined, 1]);
});

it('LIFE-6: what exists no more is left out, each with a warning, and all else stays', () => {
  const cloned = clonedFrom(
    draftOf({
      ...{
        companyId: 'com_1',
        ownerId: 'mem_1',
        contactIds: ['con_2', 'con_3'],
        companyIds: ['com_1', 'com_2'],
      },
      customProperties: { kept: 1, gone: 2 },
    }),
    account(),
  );
  expect(withoutMissing(cloned, nothing)).toEqual({ ...cloned, warnings: [] });
  const { written, warnings } = withoutMissing(cloned, {
    ...{ contactIds: new Set([contact.id, 'con_3']), companyIds: new Set(['com_1']) },
    ...{ memberIds: new Set(['mem_1']), customProperties: new Set(['gone']) },
  });
  expect(written).toMatchObject({
    ...{ contactId: undefined, companyId: undefined, ownerId: undefined, currency: 'EUR' },
    ...{ contactIds: ['con_2'], companyIds: ['com_2'], customProperties: { kept: 1 } },
  });
  expect(warnings.map(({ detail }) => detail.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual(
    [
      ...[`contactId ${contact.id}`, 'companyId com_1', 'ownerId mem_1', 'contactIds con_3'],
      ...['companyIds com_1', 'customProperties gone'],
    ].toSorted(),
  );
});

it('LIFE-6: a rate goes with the currency that it was given for, or is left out and told', () => {
  const original = draftOf({ currency: 'USD', exchangeRate: '0.9' });
  expect(original.accountingCurrency).toBe('EUR');
  expect(clonedFrom(original, account()).written.exchangeRate).toBe('0.9');
  const { written, warnings } = clonedFrom(original, { currency: 'GBP' });
  expect(written.exchangeRate).toBeUndefined();
  expect(warnings).toEqual([{ code: 'left_out', detail: 'exchangeRate 0.9 was given for EUR.' }]);
});
