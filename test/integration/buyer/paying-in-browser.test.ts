import type { Page as Tab } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, newAccount, newContact, ok } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import { payableInvoice, takeOnline } from '#test/support/online.ts';
import { type Json, service } from '#test/support/service.ts';
import { type PhoneBrowser, startPhoneBrowser, takeScreenshots } from './phone-browser.ts';

let browser: PhoneBrowser;
let admin: Client;
let contactId: string;
beforeAll(async () => {
  browser = await startPhoneBrowser();
  ({ admin } = await newAccount({ name: 'Fernside Joinery', country: 'IE', timeZone: 'Europe/Dublin' }));
  await takeOnline(admin, {
    ...{ allowEditFinalized: true, brandColor: '#1f5f4a', paymentTermDays: 30 },
    seller: {
      legalName: 'Fernside Joinery Ltd',
      address: { line1: '14 Turner’s Row', postalCode: 'D02 X285', city: 'Dublin', country: 'IE' },
      iban: 'IE29AIBK93115212345678',
      legalMentions: 'Fernside Joinery Ltd, registered in Ireland.',
    },
  });
  const address = { line1: '3 Quay Street', postalCode: 'H91 PX2R', city: 'Galway', country: 'IE' };
  contactId = (await newContact(admin, { name: 'Noor Haddad', address })).id;
});
afterAll(() => browser.close());

const tax = { category: 'S', rate: '20' };
/** What the buyer is billed: 480.00. */
const lineItems = [
  { name: 'Oak shelf, fitted', quantity: '2', unitPrice: '150', tax },
  {
    name: 'Site visit',
    description: 'Measuring, and advice on the wood.',
    quantity: '1',
    unitPrice: '100',
    tax,
  },
];

const newBill = async (): Promise<{ link: string; path: string }> => {
  const { path, invoice } = await payableInvoice(admin, {
    ...{ title: 'Shelves for the study', contactId, lineItems, allowPartialPayments: true },
  });
  return { link: invoice.link, path };
};

/** What the page says is owed or paid, and the word for its state. */
const shownOn = async (tab: Tab) => ({
  status: await tab.locator('.status').textContent(),
  amount: `${await tab.locator('#owed').textContent()} ${await tab.locator('.sum').textContent()}`,
});
const payments = (tab: Tab) =>
  tab
    .getByRole('table', { name: 'Payments made' })
    .getByRole('row')
    .filter({ hasText: '€' })
    .allTextContents();
const amountField = (tab: Tab) => tab.getByLabel('Amount to pay');
const isAtProvider = (tab: Tab): boolean => tab.url().startsWith(`${service().environment.STRIPE_API_URL}/`);

/** On the invoice's page: on to the provider, with the amount that stands there, or another. */
const goAndPay = async (tab: Tab, amount?: string): Promise<void> => {
  if (amount !== undefined) await amountField(tab).fill(amount);
  await tab.getByRole('button', { name: 'Pay online' }).click();
  expect(isAtProvider(tab)).toBe(true);
};
const payAtProvider = (tab: Tab) => tab.getByRole('button', { name: 'Pay', exact: true }).click();

describe('a buyer with a phone, in a real browser without JavaScript', () => {
  it('LINK-4, ONL-1, PAY-5: opens the link, sees, pays a part, pays the rest, and it is paid', async () => {
    const { link, path } = await newBill();
    const tab = await browser.newBuyer();
    await tab.goto(link);
    expect(await shownOn(tab)).toEqual({ status: 'Open', amount: 'Amount due €480.00' });
    expect(await tab.getByRole('rowheader').first().textContent()).toContain('Oak shelf, fitted');
    await takeScreenshots(tab, '1-open');

    await goAndPay(tab, '180,00');
    await takeScreenshots(tab, '2-at-the-provider');
    await tab.getByRole('button', { name: 'Try a card that is declined' }).click();
    expect(await tab.getByText('The card was declined').isVisible()).toBe(true);
    await payAtProvider(tab);
    expect(tab.url()).toBe(link.split('/').slice(0, 5).join('/'));
    expect(await shownOn(tab)).toEqual({ status: 'Partly paid', amount: 'Amount due €300.00' });
    expect(await payments(tab)).toHaveLength(1);
    await takeScreenshots(tab, '3-partly-paid');

    // The rest, with the keyboard alone: what is owed stands in the field already.
    await amountField(tab).focus();
    expect(await amountField(tab).inputValue()).toBe('300.00');
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/\/pay\//);
    await tab.keyboard.press('Tab');
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/\/i\//);
    expect(await shownOn(tab)).toEqual({ status: 'Paid', amount: 'Amount paid €480.00' });
    expect(await payments(tab)).toHaveLength(2);
    expect(await tab.getByRole('button', { name: 'Pay online' }).count()).toBe(0);
    await takeScreenshots(tab, '4-paid');
    expect(ok(await admin.get(path))).toMatchObject({ status: 'paid', balanceDue: '0.00' });
  });

  it('EDIT-5, ONL-2: edited while he pays, his session is cancelled, and he sees the new amount', async () => {
    const { link, path } = await newBill();
    const tab = await browser.newBuyer();
    await tab.goto(link);
    await goAndPay(tab);
    const edited: Json = ok(await admin.patch(path, { lineItems: [lineItems[0]] }));
    expect(edited).toMatchObject({ balanceDue: '360.00', documentVersion: 2 });
    await payAtProvider(tab);
    expect(await tab.getByText('expired').isVisible()).toBe(true);
    expect(await tab.getByRole('button').count()).toBe(0);
    await takeScreenshots(tab, '5-cancelled-at-the-provider');
    await tab.getByRole('link', { name: 'Back to the invoice' }).click();
    expect(await shownOn(tab)).toEqual({ status: 'Open', amount: 'Amount due €360.00' });
    expect(await amountField(tab).inputValue()).toBe('360.00');
    await takeScreenshots(tab, '6-the-new-amount');
    expect(ok(await admin.get(path))).toMatchObject({ status: 'open', amountPaid: '0.00', payments: [] });
    await goAndPay(tab);
    await payAtProvider(tab);
    expect(await shownOn(tab)).toEqual({ status: 'Paid', amount: 'Amount paid €360.00' });
  });

  it('ONL-2: whoever still has the page of before the edit in front of him is shown the new one first', async () => {
    const { link, path } = await newBill();
    const tab = await browser.newBuyer();
    await tab.goto(link);
    ok(await admin.patch(path, { lineItems: [lineItems[0]] }));
    await tab.getByRole('button', { name: 'Pay online' }).click();
    expect(isAtProvider(tab)).toBe(false);
    expect(await shownOn(tab)).toEqual({ status: 'Open', amount: 'Amount due €360.00' });
  });

  it('EDIT-6: pays while it is being edited, and the edit is refused', async () => {
    const { link, path } = await newBill();
    const tab = await browser.newBuyer();
    const before: Json = ok(await admin.get(path));
    expect(before.actions.edit).toBeNull();
    await tab.goto(link);
    await goAndPay(tab, '180,00');
    await payAtProvider(tab);
    expect(inShort(await admin.patch(path, { lineItems: [lineItems[0]] }))).toBe('409 invoice_has_payments');
    await tab.reload();
    expect(await shownOn(tab)).toEqual({ status: 'Partly paid', amount: 'Amount due €300.00' });
    const { documentVersion, total, actions } = ok(await admin.get(path));
    expect({ documentVersion, total }).toEqual({ documentVersion: 1, total: before.total });
    expect(actions.edit).toBe('invoice_has_payments');
  });

  it('ONL-4, VOID-4: sees that his money is on its way, or that the invoice is void, and nothing to pay with', async () => {
    const { link } = await newBill();
    const tab = await browser.newBuyer();
    await tab.goto(link);
    await goAndPay(tab);
    await tab.getByRole('button', { name: 'Pay by a method that settles later' }).click();
    const isOnItsWay = () => tab.getByText('on its way').isVisible();
    // The page may be there while the provider’s message is being written: the next look shows it.
    if (!(await isOnItsWay())) await tab.goto(link);
    expect(await isOnItsWay()).toBe(true);
    expect(await tab.getByRole('button', { name: 'Pay online' }).count()).toBe(0);
    await takeScreenshots(tab, '7-on-its-way');
    const other = await newBill();
    ok(await admin.post(`${other.path}/void`));
    await tab.goto(other.link);
    expect(await tab.locator('.status').textContent()).toBe('Void');
    expect(await tab.getByRole('button').count()).toBe(0);
    await takeScreenshots(tab, '8-void');
  });

  it('ONL-1: asks for more than is owed, reads that it can’t be, and goes back', async () => {
    const { link } = await newBill();
    const tab = await browser.newBuyer();
    await tab.goto(link);
    await amountField(tab).fill('481');
    await tab.getByRole('button', { name: 'Pay online' }).click();
    await takeScreenshots(tab, '9-too-much');
    await tab.getByRole('link').click();
    expect(await shownOn(tab)).toEqual({ status: 'Open', amount: 'Amount due €480.00' });
  });
});
