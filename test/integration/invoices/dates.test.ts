import { describe, expect, it } from 'vitest';
import { newAccount, newDraft, newInvoice, ok } from '#test/support/account.ts';

const dayIn = (timeZone: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date());
const later = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** What `look` finds in a zone, with the day there, which did not end meanwhile. */
const withinDay = async <T>(timeZone: string, look: (day: string) => Promise<T>): Promise<T> => {
  const day = dayIn(timeZone);
  const found = await look(day);
  return dayIn(timeZone) === day ? found : look(dayIn(timeZone));
};

describe('the dates of an invoice', () => {
  for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
    it(`LIFE-8: in ${timeZone} it is of the account's day, due after the term, overdue after that day`, async () => {
      const { admin } = await newAccount({ timeZone });
      await withinDay(timeZone, async (day) => {
        const invoice = await newInvoice(admin, { paymentTermDays: 30 });
        expect(invoice).toMatchObject({ invoiceDate: day, dueDate: later(day, 30), paymentTermDays: 30 });
        const due = await newInvoice(admin);
        expect(due).toMatchObject({ invoiceDate: day, dueDate: day, overdue: false, daysOverdue: 0 });
        const yesterday = later(day, -1);
        const late = await newInvoice(admin, { invoiceDate: yesterday, dueDate: yesterday });
        expect(late).toMatchObject({ overdue: true, daysOverdue: 1 });
      });
    });
  }

  it('LIFE-8: the same day is past in one zone and still to come in another', async () => {
    const [east, west] = [
      await newAccount({ timeZone: 'Pacific/Kiritimati' }),
      await newAccount({ timeZone: 'Pacific/Pago_Pago' }),
    ];
    const dueDate = dayIn('Pacific/Pago_Pago');
    const dates = { invoiceDate: dueDate, dueDate };
    expect((await newInvoice(east.admin, dates)).overdue).toBe(true);
    expect((await newInvoice(west.admin, dates)).overdue).toBe(false);
    ok(await west.admin.patch('/v1/settings', { timeZone: 'Pacific/Kiritimati' }));
    const [row] = ok(await west.admin.get('/v1/invoices')).data;
    expect(row).toMatchObject({ overdue: true, status: 'open' });
  });

  it('LIFE-8: a due date that nobody gave follows an edited invoice date, by the account’s term of then', async () => {
    const { admin } = await newAccount({ timeZone: 'UTC' });
    ok(await admin.patch('/v1/settings', { paymentTermDays: 10, allowEditFinalized: true }));
    const invoice = await newInvoice(admin, { invoiceDate: '2028-02-20' });
    ok(await admin.patch('/v1/settings', { paymentTermDays: 60 }));
    const path = `/v1/invoices/${invoice.id}`;
    const dates = async (patch: object) => {
      const { invoiceDate, dueDate, paymentTermDays } = ok(await admin.patch(path, patch));
      return [invoiceDate, dueDate, paymentTermDays];
    };
    expect(await dates({ title: 'Same dates' })).toEqual(['2028-02-20', '2028-03-01', null]);
    expect(await dates({ invoiceDate: '2028-03-20' })).toEqual(['2028-03-20', '2028-03-30', null]);
    expect(await dates({ paymentTermDays: 5 })).toEqual(['2028-03-20', '2028-03-25', 5]);
    expect(await dates({ dueDate: '2028-04-04' })).toEqual(['2028-03-20', '2028-04-04', null]);
    expect(await dates({ invoiceDate: '2028-04-01' })).toEqual(['2028-04-01', '2028-04-04', null]);
    expect(await dates({ dueDate: null })).toEqual(['2028-04-01', '2028-05-31', null]);
  });

  it('LIFE-8: what was not given is null until then, and follows the invoice’s term before the account’s', async () => {
    const { admin } = await newAccount({ timeZone: 'UTC' });
    ok(await admin.patch('/v1/settings', { paymentTermDays: 10 }));
    const draft = await newDraft(admin, { invoiceDate: '2028-02-20' });
    expect(draft).toMatchObject({ invoiceDate: '2028-02-20', dueDate: null, paymentTermDays: null });
    const byAccount = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    expect(byAccount).toMatchObject({ invoiceDate: '2028-02-20', dueDate: '2028-03-01' });
    const own = await newInvoice(admin, { invoiceDate: '2027-02-20', paymentTermDays: 9 });
    expect(own.dueDate).toBe('2027-03-01');
    const given = await newInvoice(admin, { invoiceDate: '2028-02-20', dueDate: '2028-02-20' });
    expect(given.dueDate).toBe('2028-02-20');
  });
});
