import type { DemoAccount } from './plan.ts';

/** A coffee roaster in Brooklyn. It does not exist. */

export const americanAccount: Pick<DemoAccount, 'name' | 'account' | 'settings' | 'people'> = {
  name: 'harlow-pike',
  account: { name: 'Harlow & Pike Coffee', country: 'US', currency: 'USD', timeZone: 'America/New_York' },
  settings: {
    brandColor: '#8a3b12',
    paymentTermDays: 14,
    terms: 'Net 14. Please pay by ACH or wire and quote the invoice number.',
    notes: [{ code: 'PMD', text: 'Late balances bear interest of 1% a month.' }],
    seller: {
      legalName: 'Harlow & Pike Coffee Roasters, Inc.',
      tradingName: 'Harlow & Pike Coffee',
      taxNumber: '99-0417263',
      // It keeps a warehouse in Ireland, and is registered for VAT there.
      vatId: 'IE4081726SH',
      electronicAddress: { scheme: 'EM', value: 'billing@harlowpike.example' },
      address: { line1: '88 Wythe Yard', city: 'Brooklyn', region: 'NY', postalCode: '11249', country: 'US' },
      contact: { name: 'June Harlow', email: 'billing@harlowpike.example', phone: '+1 718 555 0142' },
      iban: 'IE71HPCB99999912345678',
      bic: 'HPCBIE2D',
      accountName: 'Harlow & Pike Coffee Roasters, Inc.',
      legalMentions: 'ACH: routing 000000013, account 0041 8830 27. A New York corporation.',
    },
  },
  people: {
    superAdmin: { email: 'june@harlowpike.example', name: 'June Harlow' },
    member: { email: 'marcus@harlowpike.example', name: 'Marcus Bell' },
    readOnly: { email: 'audit@osgood-cpa.example', name: 'Priya Osgood' },
  },
};
