import { line } from '#test/support/account.ts';
import { type Http, sideBySide, succeeded } from './http.ts';

/** So many drafts of one contact that lack nothing: their ids. */
export const newDrafts = async (http: Http, count: number): Promise<string[]> => {
  const buyer = { name: 'Noor Haddad', email: `noor-${Date.now()}-${Math.random()}@buyer.example` };
  const contactId = succeeded(await http('POST', '/v1/contacts', buyer)).body.id;
  const tax = { category: 'S', rate: '20' };
  const lineItems = [line({ name: 'Layout', quantity: '12', unit: 'HUR', unitPrice: '85', tax })];
  const draft = { currency: 'EUR', contactId, paymentTermDays: 30, lineItems };
  const create = async () => succeeded(await http('POST', '/v1/invoices', draft)).body.id as string;
  return sideBySide(8, Array.from({ length: count }), create);
};

/** What keeps numbers from being INV-1001 and those after it, each once; or that nothing does. */
export const gapIn = (numbers: readonly string[]): { holds: boolean; found: string } => {
  const counters = numbers.map((number) => Number(number.replace(/^INV-/, ''))).sort((a, b) => a - b);
  const wrong = counters.findIndex((counter, index) => counter !== 1_001 + index);
  return wrong < 0
    ? { holds: true, found: `${counters.length} numbers from INV-1001 on, no gap, none twice` }
    : { holds: false, found: `INV-${counters[wrong]} in place of INV-${1_001 + wrong}` };
};
