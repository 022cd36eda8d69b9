import type { DemoAccount, DemoBuyer } from './plan.ts';

/** A coffee roaster in Brooklyn. It does not exist, and nobody it deals with does. */

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
      legalForm: 'Inc.',
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

const american = (line1: string, city: string, region: string, postalCode: string) => ({
  ...{ line1, city, region, postalCode, country: 'US' },
});

export const americanBuyers: Record<string, DemoBuyer> = {
  fennimore: {
    company: {
      name: 'Fennimore’s Bakery LLC',
      taxNumber: '99-0385217',
      address: american('212 Court Street', 'Brooklyn', 'NY', '11201'),
      kind: 'business',
    },
    contact: { name: 'Theo Fennimore', email: 'theo@fennimores.example', language: 'en' },
  },
  larkspur: {
    company: {
      name: 'Larkspur Hotels, Inc.',
      taxNumber: '99-0610944',
      address: american('40 W 29th Street', 'New York', 'NY', '10001'),
      kind: 'business',
    },
    contact: { name: 'Renata Cole', email: 'payables@larkspur.example', language: 'en' },
  },
  tidewater: {
    company: {
      name: 'Tidewater Coworking LLC',
      address: american('75 Montgomery Street', 'Jersey City', 'NJ', '07302'),
      kind: 'business',
    },
    contact: { name: 'Sam Okafor', email: 'sam@tidewater.example', language: 'en' },
  },
  ostrander: {
    company: {
      name: 'Ostrander Elementary PTA',
      address: american('16 Viola Avenue', 'Beacon', 'NY', '12508'),
      kind: 'government',
    },
    contact: { name: 'Grace Muller', email: 'treasurer@ostrander-pta.example', language: 'en' },
  },
  adele: {
    company: {
      name: 'Café Sainte-Adèle inc.',
      address: {
        ...{
          line1: '1180 rue Bernard',
          city: 'Montréal',
          region: 'QC',
          postalCode: 'H2V 1V3',
          country: 'CA',
        },
      },
      kind: 'business',
    },
    contact: { name: 'Noémie Tremblay', email: 'noemie@sainte-adele.example', language: 'fr' },
  },
  pemberton: {
    company: {
      name: 'Pemberton Roast Ltd',
      vatId: 'GB739184504',
      address: { line1: '31 Stokes Croft', city: 'Bristol', postalCode: 'BS1 3QD', country: 'GB' },
      kind: 'business',
    },
    contact: { name: 'Owen Pemberton', email: 'owen@pemberton-roast.example', language: 'en' },
  },
  lindqvist: {
    contact: {
      name: 'Maya Lindqvist',
      email: 'maya.lindqvist@post.example',
      address: american('301 Henry Street, Apt 4', 'Brooklyn', 'NY', '11201'),
      kind: 'consumer',
    },
  },
};
