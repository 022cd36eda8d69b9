import type { DemoBuyer } from './plan.ts';

/** Whom the workshop in Lyon writes invoices to. Nobody of them exists. */

const french = (line1: string, postalCode: string, city: string) => ({
  ...{ line1, postalCode, city, country: 'FR' },
});

const atHome: Record<string, DemoBuyer> = {
  tanneurs: {
    company: {
      name: 'Hôtel des Tanneurs',
      legalName: 'Hôtel des Tanneurs SAS',
      legalId: { scheme: '0002', value: '048173264' },
      vatId: 'FR86048173264',
      accountingCode: '411TANNE',
      address: french('3 quai des Tanneurs', '74000', 'Annecy'),
      kind: 'business',
    },
    contact: { name: 'Inès Carpentier', email: 'compta@hotel-des-tanneurs.example', language: 'fr' },
  },
  commune: {
    company: {
      name: 'Commune de Saint-Aubrin',
      legalId: { scheme: '0009', value: '07394158500017' },
      address: french('Place de la Mairie', '69999', 'Saint-Aubrin'),
      kind: 'government',
    },
    contact: { name: 'Service des finances', email: 'finances@saint-aubrin.example', language: 'fr' },
  },
  librairie: {
    company: {
      name: 'Librairie Les Deux Rives',
      legalName: 'Les Deux Rives SARL',
      legalId: { scheme: '0002', value: '052609179' },
      vatId: 'FR13052609179',
      accountingCode: '411DEUXR',
      address: french('27 rue de la Monnaie', '35000', 'Rennes'),
      kind: 'business',
    },
    contact: { name: 'Malo Le Guen', email: 'malo@lesdeuxrives.example', language: 'fr' },
  },
  ferrand: {
    company: {
      name: 'Ferrand & Associés, architectes',
      legalName: 'Ferrand & Associés SELARL',
      legalId: { scheme: '0002', value: '031847627' },
      vatId: 'FR27031847627',
      accountingCode: '411FERRA',
      address: french('8 cours Lafayette', '69003', 'Lyon'),
      kind: 'business',
    },
    contact: { name: 'Paul Ferrand', email: 'agence@ferrand-associes.example', language: 'fr' },
  },
  marronnier: {
    company: {
      name: 'Le Petit Marronnier',
      legalName: 'Marronnier Restauration SARL',
      legalId: { scheme: '0002', value: '086519436' },
      vatId: 'FR94086519436',
      accountingCode: '411MARRO',
      address: french('51 rue Oberkampf', '75011', 'Paris'),
      kind: 'business',
    },
    contact: { name: 'Awa Diallo', email: 'awa@petit-marronnier.example', language: 'fr' },
  },
  roussel: {
    contact: {
      name: 'Camille Roussel',
      email: 'camille.roussel@courriel.example',
      language: 'fr',
      address: french('6 allée des Charmes', '38000', 'Grenoble'),
      kind: 'consumer',
    },
  },
  belkacem: {
    contact: {
      name: 'Yanis Belkacem',
      email: 'yanis.belkacem@courriel.example',
      language: 'fr',
      address: french('19 montée de la Grande-Côte', '69001', 'Lyon'),
      kind: 'consumer',
    },
  },
};

const abroad: Record<string, DemoBuyer> = {
  kranich: {
    company: {
      name: 'Kranich Möbelhandel GmbH',
      vatId: 'DE304718259',
      accountingCode: '411KRANI',
      address: { line1: 'Große Elbstraße 214', postalCode: '22767', city: 'Hamburg', country: 'DE' },
      kind: 'business',
    },
    contact: { name: 'Jörg Petersen', email: 'buchhaltung@kranich-moebel.example', language: 'en' },
  },
  linde: {
    company: {
      name: 'Brouwhuis De Linde BV',
      vatId: 'BE0403819215',
      accountingCode: '411LINDE',
      address: { line1: 'Korenlei 42', postalCode: '9000', city: 'Gent', country: 'BE' },
      kind: 'business',
    },
    contact: { name: 'Lotte Verhaegen', email: 'lotte@delinde.example', language: 'en' },
  },
  vautravers: {
    company: {
      name: 'Horlogerie Vautravers SA',
      taxNumber: 'CHE-114.273.958 TVA',
      address: { line1: '12 rue du Rhône', postalCode: '1204', city: 'Genève', country: 'CH' },
      kind: 'business',
    },
    contact: { name: 'Étienne Vautravers', email: 'admin@vautravers.example', language: 'fr' },
  },
  harcourt: {
    company: {
      name: 'Harcourt Street Galleries Ltd',
      vatId: 'GB408172663',
      address: { line1: '9 Harcourt Street', city: 'London', postalCode: 'W1H 4HF', country: 'GB' },
      kind: 'business',
    },
    contact: { name: 'Imogen Blythe', email: 'accounts@harcourtstreet.example', language: 'en' },
  },
  bluestem: {
    company: {
      name: 'Bluestem Hospitality LLC',
      taxNumber: '99-0142863',
      address: {
        line1: '418 W Fulton Market',
        city: 'Chicago',
        region: 'IL',
        postalCode: '60607',
        country: 'US',
      },
      kind: 'business',
    },
    contact: { name: 'Dana Whitfield', email: 'ap@bluestem-hospitality.example', language: 'en' },
  },
  aoba: {
    company: {
      name: '青葉旅館株式会社 (Aoba Ryokan Co., Ltd.)',
      address: { line1: '中京区姉小路通 12-4', city: '京都市', postalCode: '604-8094', country: 'JP' },
      kind: 'business',
    },
    contact: { name: '佐藤 美咲 (Misaki Satō)', email: 'keiri@aoba-ryokan.example', language: 'en' },
  },
  noor: {
    company: {
      name: 'معرض النور للتصميم (Al Noor Design Gallery W.L.L.)',
      address: { line1: 'Block 4, Street 17', city: 'Kuwait City', postalCode: '13001', country: 'KW' },
      kind: 'business',
    },
    contact: { name: 'Fatima Al-Mutairi', email: 'finance@alnoor-design.example', language: 'en' },
  },
};

export const frenchBuyers = { ...atHome, ...abroad };
