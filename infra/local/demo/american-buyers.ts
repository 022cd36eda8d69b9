import type { DemoBuyer } from './plan.ts';

/** Whom the roaster in Brooklyn writes invoices to. Nobody of them exists. */

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
    // Her mailbox is gone: the local provider has it bounce.
    contact: { name: 'Grace Muller', email: 'bounce+treasurer@ostrander-pta.example', language: 'en' },
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
