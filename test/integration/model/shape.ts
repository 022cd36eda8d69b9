import type { InvoiceBody, Request } from './requests.ts';

/** What a request shows to be wrong by itself, as `pointer code` (API-1). */

const isDay = (value: string): boolean => {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};
const isAboveZero = (amount: string): boolean => /^\d+(\.\d+)?$/.test(amount) && /[1-9]/.test(amount);
const duplicates = (list: readonly string[], pointer: string): string[] =>
  list.flatMap((item, index) => (list.indexOf(item) < index ? [`${pointer}/${index} duplicate`] : []));

const invoiceFaults = (body: InvoiceBody): string[] => [
  ...(body.colour === undefined ? [] : ['/colour unknown_field']),
  ...(['invoiceDate', 'dueDate'] as const).flatMap((name) => {
    const day = body[name];
    return typeof day === 'string' && !isDay(day) ? [`/${name} invalid_date`] : [];
  }),
  ...(body.lineItems ?? []).flatMap(({ quantity }, index) =>
    quantity.startsWith('-') ? [`/lineItems/${index}/quantity invalid_amount`] : [],
  ),
  ...duplicates(body.contactIds ?? [], '/contactIds'),
  ...(body.dueDate != null && body.paymentTermDays != null ? ['/paymentTermDays excludes_due_date'] : []),
];

const amountFaults = (amount: string | undefined): string[] =>
  amount === undefined || isAboveZero(amount) ? [] : ['/amount invalid_amount'];

export const faultsOf = (request: Request): string[] => {
  switch (request.action) {
    case 'create': {
      const { currency, source, subscriptionId } = request.body;
      const isMismatch = (source === 'subscription') !== (subscriptionId !== undefined);
      return [
        ...invoiceFaults(request.body),
        ...(currency === undefined ? ['/currency required'] : []),
        ...(isMismatch ? ['/subscriptionId subscription_mismatch'] : []),
      ];
    }
    case 'patch':
      // NUM-3: the number is given by the counter alone.
      return [
        ...invoiceFaults(request.body),
        ...(request.body.number === undefined ? [] : ['/number unknown_field']),
      ];
    case 'record':
      return amountFaults(request.body.amount);
    case 'createPayment':
      return request.body.amount === undefined ? ['/amount required'] : amountFaults(request.body.amount);
    case 'apply':
      return amountFaults(request.amount);
    case 'finalizeMany':
      return duplicates(request.invoices, '/invoiceIds');
    case 'settings': {
      // NUM-1: a prefix does not end in a digit.
      const prefix = request.body.numbering?.prefix;
      return prefix !== undefined && /\d$/.test(prefix) ? ['/numbering/prefix invalid_prefix'] : [];
    }
    default:
      return [];
  }
};
