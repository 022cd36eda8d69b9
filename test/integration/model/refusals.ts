import { hasTooManyDecimals, isOver, minor, totalsOf } from './money.ts';
import { type PaymentBody, people, type Request, type Who } from './requests.ts';
import { faultsOf } from './shape.ts';
import {
  allLive,
  balanceOf,
  type Invoice,
  lastInRun,
  live,
  type State,
  unappliedOf,
  type Written,
} from './state.ts';
import { merged } from './written.ts';

/**
 * Every refusal that a request would get, whatever comes first; each with its place in the order of refusals (rules.md).
 * Where the rules set no order, the places are the same and any of them is right.
 */
const order = [
  ...['permission', 'shape', 'replay', 'existence', 'needed permission', 'version', 'switch', 'source'],
  ...['status', 'payments', 'stored'],
] as const;
type Place = (typeof order)[number];
export type Refusal = { place: Place; code: string; faults?: string[]; permission?: readonly string[] };

/** Those of the place that comes first. */
export const firstOf = (refusals: readonly Refusal[]): Refusal[] => {
  const first = order.find((place) => refusals.some((refusal) => refusal.place === place));
  return refusals.filter(({ place }) => place === first);
};

const may = (who: Who, permission: string): boolean => {
  const { permissions } = people[who];
  return permissions === 'all' || (permissions as readonly string[]).includes(permission);
};

const permissionsOf = ({ action }: Request): string[] => {
  if (action === 'patch' || action === 'delete') return ['invoices.write', 'invoices.edit_finalized'];
  if (['record', 'createPayment', 'apply', 'takeOff', 'deletePayment'].includes(action))
    return ['payments.write'];
  if (action === 'settings' || action === 'reset') return ['settings.write'];
  return ['createContact', 'changeContact', 'deleteContact'].includes(action)
    ? ['contacts.write']
    : ['invoices.write'];
};

const faulty = (faults: string[], place: Place = 'stored'): Refusal[] =>
  faults.length === 0 ? [] : [{ place, code: 'invalid_request', faults }];
const coded = (place: Place, code: string | null): Refusal[] => (code === null ? [] : [{ place, code }]);
const staleness = ({ ifMatch }: Request, version: number): Refusal[] =>
  coded('version', ifMatch === undefined || ifMatch === version ? null : 'version_conflict');
const missing: Refusal[] = [{ place: 'existence', code: 'not_found' }];

/** LIFE-9. */
const free = ['ownerId', 'contactIds', 'companyIds', 'internalNote', 'customProperties'];
export const isEdit = (invoice: Invoice, body: object): boolean =>
  invoice.status !== 'draft' && Object.keys(body).some((name) => !free.includes(name));

const unlessOpen = ({ status }: Invoice): string | null =>
  ({ draft: 'invoice_is_draft', open: null, paid: 'invoice_paid', voided: 'invoice_voided' })[status];
const ifPaidOn = ({ payments }: Invoice): string | null =>
  payments.length > 0 ? 'invoice_has_payments' : null;

const unknownContacts = (state: State, body: { contactId?: unknown; contactIds?: unknown }): string[] => {
  const isUnknown = (key: unknown) => typeof key === 'string' && live(state.contacts, key) === undefined;
  const list = Array.isArray(body.contactIds) ? body.contactIds : [];
  return [
    ...(isUnknown(body.contactId) ? ['/contactId not_found'] : []),
    ...list.flatMap((key, index) => (isUnknown(key) ? [`/contactIds/${index} not_found`] : [])),
  ];
};

/** TOT-6. */
const faultyAmounts = ({ currency, lineItems, discounts = [] }: Written): string[] =>
  discounts.flatMap(({ type, value }, index) => {
    if (type !== 'amount') return [];
    const { subtotal } = totalsOf({ currency, lineItems });
    const codes = [
      ...(isOver(value, subtotal, currency) ? ['discount_too_large'] : []),
      ...(hasTooManyDecimals(value, currency) ? ['too_many_decimals'] : []),
    ];
    return codes.map((code) => `/discounts/${index}/value ${code}`);
  });

/** LIFE-3; the dates as finalizing would make them (LIFE-8). */
const incomplete = (state: State, written: Written): Refusal[] => {
  const invoiceDate = written.invoiceDate ?? state.today;
  const faults = [
    ...(written.contactId === undefined ? ['/contactId required'] : []),
    ...((written.lineItems ?? []).length === 0 ? ['/lineItems required'] : []),
    ...(written.dueDate !== undefined && written.dueDate < invoiceDate
      ? ['/dueDate before_invoice_date']
      : []),
  ];
  return faults.length === 0 ? [] : [{ place: 'stored', code: 'invoice_incomplete', faults }];
};

/** NUM-8. */
const outOfOrder = (state: State, { invoiceDate = state.today }: Written): Refusal[] => {
  const isWrong =
    state.settings.chronologicalNumbers &&
    (invoiceDate > state.today || (lastInRun(state) !== undefined && invoiceDate < (state.lastDate ?? '')));
  const faults = ['/invoiceDate out_of_order'];
  return isWrong ? [{ place: 'stored', code: 'invoice_date_out_of_order', faults }] : [];
};

/** NUM-8 for an edit: the date of the last number moves on, up to today; one that a later number follows stays. */
const redated = (state: State, invoice: Invoice, { invoiceDate }: Written): Refusal[] => {
  if (invoiceDate === undefined || invoiceDate === invoice.written.invoiceDate) return [];
  if (lastInRun(state)?.invoice === invoice.key)
    return outOfOrder(state, { ...invoice.written, invoiceDate });
  const faults = ['/invoiceDate out_of_order'];
  return state.settings.chronologicalNumbers
    ? [{ place: 'stored', code: 'invoice_date_out_of_order', faults }]
    : [];
};

export const finalizing = (state: State, invoice: Invoice): Refusal[] => [
  ...coded('status', invoice.status === 'draft' ? null : 'invoice_not_draft'),
  ...incomplete(state, invoice.written),
  ...outOfOrder(state, invoice.written),
];
const voiding = (invoice: Invoice): Refusal[] => [
  ...coded('status', unlessOpen(invoice)),
  ...coded('payments', ifPaidOn(invoice)),
];
const deleting = ({ settings }: State, invoice: Invoice): Refusal[] =>
  invoice.status === 'draft'
    ? []
    : [
        ...coded('switch', settings.allowDeleteFinalized ? null : 'deletion_disabled'),
        ...coded('status', invoice.status === 'paid' ? 'invoice_paid' : null),
        ...coded('payments', ifPaidOn(invoice)),
      ];
const editing = ({ settings }: State, invoice: Invoice): Refusal[] =>
  invoice.status === 'draft'
    ? []
    : [
        ...coded('switch', settings.allowEditFinalized ? null : 'editing_disabled'),
        ...coded('source', invoice.source === 'subscription' ? 'invoice_from_subscription' : null),
        ...coded('status', unlessOpen(invoice)),
        ...coded('payments', ifPaidOn(invoice)),
      ];
const sending = (invoice: Invoice): Refusal[] =>
  coded('status', invoice.status === 'paid' ? null : unlessOpen(invoice));

/** What can be done with an invoice now (LIFE-11): null, or the code, or the codes of which any comes first. */
export const actionsOf = (state: State, invoice: Invoice): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries({
      edit: editing(state, invoice),
      void: voiding(invoice),
      delete: deleting(state, invoice),
      pay: coded('status', unlessOpen(invoice)),
      send: sending(invoice),
      clone: [],
      finalize: finalizing(state, invoice),
    }).map(([action, refusals]) => [action, firstOf(refusals).map(({ code }) => code)]),
  );

const patching = (state: State, invoice: Invoice, body: object): Refusal[] => {
  const whole = merged(invoice, body);
  const stored = [...faulty(unknownContacts(state, body)), ...faulty(faultyAmounts(whole))];
  if (!isEdit(invoice, body)) return stored;
  const isOther = 'currency' in body && body.currency !== invoice.written.currency;
  return [
    ...editing(state, invoice),
    ...faulty(isOther ? ['/currency unchangeable'] : []),
    ...stored,
    ...incomplete(state, whole),
    ...redated(state, invoice, whole),
  ];
};

/** PAY-3, PAY-4: the rules name no order among them. */
const paying = (state: State, invoice: Invoice, { amount, currency, date, contactId }: PaymentBody) => {
  const own = invoice.written.currency;
  const isOther = currency !== undefined && currency !== own;
  const isWrittenWrong = amount !== undefined && hasTooManyDecimals(amount, own);
  const isTooMuch =
    amount !== undefined && !isOther && !isWrittenWrong && minor(amount, own) > balanceOf(invoice);
  return [
    ...coded('status', unlessOpen(invoice)),
    ...coded('payments', isOther ? 'currency_mismatch' : null),
    ...faulty(isWrittenWrong ? ['/amount too_many_decimals'] : [], 'payments'),
    ...coded('payments', isTooMuch ? 'payment_exceeds_balance' : null),
    ...faulty(date !== undefined && date > state.today ? ['/date in_the_future'] : [], 'payments'),
    ...faulty(unknownContacts(state, { contactId })),
  ];
};

const applying = (state: State, invoice: Invoice, key: string, amount: string | undefined): Refusal[] => {
  const payment = live(state.payments, key);
  const status = coded('status', unlessOpen(invoice));
  if (payment === undefined) return [...status, ...faulty(['/paymentId not_found'])];
  const { currency } = invoice.written;
  if (payment.currency !== currency) return [...status, ...coded('payments', 'currency_mismatch')];
  if (amount !== undefined && hasTooManyDecimals(amount, currency))
    return [...status, ...faulty(['/amount too_many_decimals'], 'payments')];
  const given = amount === undefined ? undefined : minor(amount, currency);
  const rest = unappliedOf(payment);
  const isTooMuch = given === undefined ? rest === 0n : given > rest;
  return [
    ...status,
    ...coded(
      'payments',
      given !== undefined && given > balanceOf(invoice) ? 'payment_exceeds_balance' : null,
    ),
    ...coded('payments', isTooMuch ? 'payment_exceeds_unapplied' : null),
  ];
};

const needed = (invoice: Invoice, request: Request): Refusal[] => {
  const isOfFinalized =
    request.action === 'delete'
      ? invoice.status !== 'draft'
      : request.action === 'patch' && isEdit(invoice, request.body);
  const permission = isOfFinalized ? 'invoices.edit_finalized' : 'invoices.write';
  if (may(request.by, permission)) return [];
  return [{ place: 'needed permission', code: 'permission_denied', permission: [permission] }];
};

/** What can only be known of an invoice that exists. */
const onInvoice = (state: State, invoice: Invoice, request: Request): Refusal[] => {
  const stale = staleness(request, invoice.version);
  switch (request.action) {
    case 'patch':
      return [...needed(invoice, request), ...stale, ...patching(state, invoice, request.body)];
    case 'delete':
      return [...needed(invoice, request), ...stale, ...deleting(state, invoice)];
    case 'finalize':
      return [...stale, ...finalizing(state, invoice)];
    case 'void':
      return [...stale, ...voiding(invoice)];
    case 'record':
      return [...stale, ...paying(state, invoice, request.body)];
    case 'apply':
      return [...stale, ...applying(state, invoice, request.payment, request.amount)];
    case 'takeOff':
      return invoice.payments.some(({ payment }) => payment === request.payment) ? stale : missing;
    case 'addContact':
      return live(state.contacts, request.contact) === undefined ? missing : stale;
    case 'removeContact':
      return (invoice.written.contactIds ?? []).includes(request.contact) ? stale : missing;
    case 'send': {
      const contact = live(state.contacts, invoice.written.contactId ?? '');
      return [
        ...stale,
        ...sending(invoice),
        ...coded('stored', request.by === 'key' ? 'from_required' : null),
        ...faulty(contact === undefined ? ['/to required'] : []),
      ];
    }
    default:
      return stale;
  }
};

const onContact = (state: State, request: Request & { contact: string }): Refusal[] => {
  const contact = live(state.contacts, request.contact);
  if (contact === undefined) return missing;
  const isNamed = allLive(state.invoices).some(
    ({ status, written }) => status === 'draft' && written.contactId === contact.key,
  );
  return [
    ...staleness(request, contact.version),
    ...coded('stored', request.action === 'deleteContact' && isNamed ? 'in_use' : null),
  ];
};

const byStoredData = (state: State, request: Request): Refusal[] => {
  switch (request.action) {
    case 'create':
      return [
        ...faulty(unknownContacts(state, request.body)),
        ...faulty(faultyAmounts(merged(undefined, request.body))),
      ];
    case 'createPayment': {
      const { amount = '', currency = 'EUR', date, contactId } = request.body;
      return [
        ...faulty(hasTooManyDecimals(amount, currency as 'EUR') ? ['/amount too_many_decimals'] : []),
        ...faulty(date !== undefined && date > state.today ? ['/date in_the_future'] : []),
        ...faulty(unknownContacts(state, { contactId })),
      ];
    }
    case 'settings':
      return staleness(request, state.settings.version);
    case 'reset':
      return coded('status', allLive(state.invoices).length > 0 ? 'invoices_exist' : null);
    case 'deletePayment': {
      const payment = live(state.payments, request.payment);
      return payment === undefined ? missing : staleness(request, payment.version);
    }
    case 'changeContact':
    case 'deleteContact':
      return onContact(state, request);
    case 'createContact': {
      const isTaken = allLive(state.contacts).some(({ address }) => address === request.name);
      return coded('stored', isTaken ? 'contact_exists' : null);
    }
    case 'finalizeMany':
      return [];
    default: {
      const invoice = live(state.invoices, request.invoice);
      return invoice === undefined ? missing : onInvoice(state, invoice, request);
    }
  }
};

/** All refusals of a request in this state, a replay aside. */
export const refusalsOf = (state: State, request: Request): Refusal[] => {
  const possible = permissionsOf(request);
  const denied: Refusal[] = possible.some((permission) => may(request.by, permission))
    ? []
    : [{ place: 'permission', code: 'permission_denied', permission: possible }];
  const shape = faulty(faultsOf(request), 'shape');
  // What has no right shape says nothing that stored data could be asked about.
  return [...denied, ...shape, ...(shape.length > 0 ? [] : byStoredData(state, request))];
};
