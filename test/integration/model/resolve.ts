import { type Command, type Dates, type Draft, everybody, type Money, type Patch } from './commands.ts';
import { minor, written } from './money.ts';
import {
  type Act,
  fingerprint,
  type InvoiceBody,
  type PaymentBody,
  type Request,
  type Who,
} from './requests.ts';
import {
  allLive,
  balanceOf,
  daysAfter,
  type Invoice,
  live,
  type Payment,
  type State,
  unappliedOf,
} from './state.ts';

/** From a command to the request that it is in this state of the account. */

const nobody = 'nobody';
const pickOf = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

/** Of the fitting ones if there are any and these alone are meant; else of all there ever were and one there was not. */
const pickKey = (
  { fits, pick }: Pick<Command, 'fits' | 'pick'>,
  fitting: readonly { key: string }[],
  all: Record<string, unknown>,
): string => (fits && pickOf(fitting, pick)?.key) || (pickOf([...Object.keys(all), nobody], pick) ?? nobody);

const contactKey = (state: State, pick: number): string =>
  pickOf(allLive(state.contacts), pick)?.key ?? nobody;
const anyContactKey = (state: State, pick: number): string =>
  pickOf([...Object.keys(state.contacts), nobody], pick) ?? nobody;
const contactKeys = (state: State, picks: readonly number[]): string[] => [
  // The last of them may be gone, or never have been.
  ...new Set(picks.map((pick) => (pick % 10 === 0 ? anyContactKey(state, pick) : contactKey(state, pick)))),
];

const datesOf = (state: State, { invoiceDate, dueDate, term }: Dates): InvoiceBody => ({
  ...(invoiceDate !== undefined && { invoiceDate: daysAfter(state.today, invoiceDate) }),
  ...(dueDate !== undefined && { dueDate: daysAfter(state.today, dueDate) }),
  ...(term !== undefined && { paymentTermDays: term }),
});

const faultOf = ({ fault, lines }: Draft): InvoiceBody => {
  if (fault === 'field') return { colour: 'red' };
  if (fault === 'day') return { invoiceDate: '2026-02-30' };
  return fault === 'quantity'
    ? { lineItems: [...lines, { name: 'Less', quantity: '-1', unitPrice: '1' }] }
    : {};
};

const draftBody = (state: State, draft: Draft, { pick }: Command): InvoiceBody => ({
  ...(draft.currency !== undefined && { currency: draft.currency }),
  ...(draft.title !== undefined && { title: draft.title }),
  ...(draft.contact === 'a' && { contactId: contactKey(state, pick) }),
  ...(draft.contact === 'any' && { contactId: anyContactKey(state, pick) }),
  ...(draft.contacts !== undefined && { contactIds: contactKeys(state, draft.contacts) }),
  lineItems: draft.lines,
  ...(draft.discount !== undefined && { discounts: [draft.discount] }),
  ...datesOf(state, draft.dates),
  ...(draft.source !== 'none' && { source: 'subscription' }),
  ...(draft.source === 'subscription' && { subscriptionId: 'sub-1' }),
  ...faultOf(draft),
});

/** Some of a draft's body, some of it removed; or what an edit alone has. */
const patchBody = (state: State, draft: Draft, patch: Patch, command: Command): InvoiceBody => {
  const whole = draftBody(state, draft, command);
  const { remove } = patch;
  return {
    ...(patch.title && { title: remove ? null : (whole.title ?? 'Patched') }),
    ...(patch.contactId && { contactId: remove ? null : (whole.contactId ?? contactKey(state, 0)) }),
    ...(patch.contactIds && { contactIds: remove ? null : (whole.contactIds ?? []) }),
    ...(patch.lineItems && { lineItems: remove ? null : (whole.lineItems ?? []) }),
    ...(patch.discounts && { discounts: remove ? null : (whole.discounts ?? []) }),
    ...(patch.invoiceDate && { invoiceDate: remove ? null : (whole.invoiceDate ?? state.today) }),
    ...(patch.due && (remove ? { dueDate: null, paymentTermDays: null } : datesOf(state, draft.dates))),
    ...(patch.refreshSeller && { refreshSeller: true }),
    ...(patch.currency && whole.currency !== undefined && { currency: whole.currency }),
    ...(patch.number && { number: 'INV-1' }),
    ...(whole.colour !== undefined && { colour: whole.colour }),
  };
};

const amountOf = (
  kind: Money['amount'],
  invoice: Invoice | undefined,
  payment?: Payment,
): string | undefined => {
  const currency = invoice?.written.currency ?? payment?.currency ?? 'EUR';
  const balance = invoice ? balanceOf(invoice) : minor('80', currency);
  const rest = payment ? unappliedOf(payment) : balance;
  const most = balance < rest ? balance : rest;
  const show = (amount: bigint) => written(amount > 0n ? amount : 1n, currency);
  switch (kind) {
    case 'part':
      return show((most * 3n) / 5n);
    case 'whole':
      return show(most);
    case 'over':
      return show(most + minor('7', currency));
    case 'cent':
      return show(1n);
    case 'zero':
      return '0';
    case 'many decimals':
      return '1.001';
    default:
      return undefined;
  }
};

const paymentBody = (
  state: State,
  { amount, currency, date, contact }: Money,
  invoice: Invoice | undefined,
  pick: number,
): PaymentBody => {
  const own = invoice?.written.currency ?? 'EUR';
  const given = amountOf(amount, invoice);
  return {
    ...(given !== undefined && { amount: given }),
    ...(currency === 'same' && { currency: own }),
    ...(currency === 'other' && { currency: own === 'USD' ? 'EUR' : 'USD' }),
    ...(date !== undefined && { date: daysAfter(state.today, date) }),
    ...(contact === 'any' && { contactId: anyContactKey(state, pick) }),
  };
};

const ofStatus = (state: State, ...statuses: Invoice['status'][]): Invoice[] =>
  allLive(state.invoices).filter(({ status }) => statuses.includes(status));

/** The invoices on which the command has a chance. */
const fitting = (state: State, { kind, other }: Command): Invoice[] => {
  if (kind === 'patch' && other % 2 === 0)
    return ofStatus(state, 'open').filter(({ payments }) => payments.length === 0);
  if (kind === 'finalize') return ofStatus(state, 'draft');
  if (kind === 'void' || kind === 'record') return ofStatus(state, 'open');
  if (kind === 'apply')
    return ofStatus(state, 'open').filter((invoice) => fittingPayments(state, invoice).length > 0);
  if (kind === 'send') return ofStatus(state, 'open', 'paid');
  if (kind === 'removeContact')
    return allLive(state.invoices).filter(({ written }) => (written.contactIds ?? []).length > 0);
  if (kind === 'takeOff') return allLive(state.invoices).filter(({ payments }) => payments.length > 0);
  if (kind === 'delete')
    return ofStatus(state, 'draft', 'open', 'voided').filter(({ payments }) => payments.length === 0);
  return allLive(state.invoices);
};
const fittingPayments = (state: State, invoice: Invoice | undefined): Payment[] =>
  allLive(state.payments).filter(
    (payment) =>
      unappliedOf(payment) > 0n && (invoice === undefined || payment.currency === invoice.written.currency),
  );

/** An invoice or a payment that the command could act on is to be made first. */
const firstOf = (state: State, command: Command): Act | undefined => {
  const { kind, fits, other } = command;
  if (!fits || kind === 'create') return undefined;
  const { allowEditFinalized, allowDeleteFinalized } = state.settings;
  if (kind === 'patch' && other % 4 === 0 && !allowEditFinalized)
    return { action: 'settings', body: { allowEditFinalized: true } };
  if (kind === 'delete' && other % 4 === 0 && !allowDeleteFinalized)
    return { action: 'settings', body: { allowDeleteFinalized: true } };
  if (fitting(state, command).length > 0) return undefined;
  if (['finalize', 'delete'].includes(kind) || allLive(state.invoices).length === 0) {
    const line = { name: 'Base', quantity: '1', unitPrice: '100' };
    const contactId = contactKey(state, command.pick);
    return { action: 'create', body: { currency: 'EUR', contactId, lineItems: [line] } };
  }
  const open = ofStatus(state, 'open');
  if (kind === 'takeOff' && open.length > 0)
    return { action: 'record', invoice: pickOf(open, command.pick)?.key ?? nobody, body: {} };
  if (kind === 'apply' && open.length > 0)
    return { action: 'createPayment', body: { amount: '150', currency: open[0]?.written.currency ?? 'EUR' } };
  const draft = pickOf(ofStatus(state, 'draft'), command.pick);
  return draft && { action: 'finalize', invoice: draft.key };
};

const onInvoice = (state: State, command: Command): Act | undefined => {
  const invoice = pickKey(command, fitting(state, command), state.invoices);
  const standing = live(state.invoices, invoice);
  const { other, fits } = command;
  switch (command.kind) {
    case 'patch':
      return { action: 'patch', invoice, body: patchBody(state, command.draft, command.patch, command) };
    case 'associate': {
      const { contacts, note } = command;
      const list = contacts && contactKeys(state, contacts);
      const body = {
        ...(list !== undefined && { contactIds: list }),
        ...(note !== undefined && { internalNote: note }),
      };
      return { action: 'patch', invoice, body };
    }
    case 'finalize':
    case 'clone':
    case 'send':
      return { action: command.kind, invoice };
    case 'void':
    case 'delete':
      return { action: command.kind, invoice, reason: command.reason };
    case 'record':
      return { action: 'record', invoice, body: paymentBody(state, command.money, standing, other) };
    case 'apply': {
      const payment = pickKey({ fits, pick: other }, fittingPayments(state, standing), state.payments);
      const amount = amountOf(command.amount, standing, live(state.payments, payment));
      return { action: 'apply', invoice, payment, amount };
    }
    case 'takeOff': {
      const on = (standing?.payments ?? []).map(({ payment }) => ({ key: payment }));
      return { action: 'takeOff', invoice, payment: pickKey({ fits, pick: other }, on, state.payments) };
    }
    case 'addContact':
      return { action: 'addContact', invoice, contact: (fits ? contactKey : anyContactKey)(state, other) };
    case 'removeContact': {
      const present = (standing?.written.contactIds ?? []).map((key) => ({ key }));
      return {
        action: 'removeContact',
        invoice,
        contact: pickKey({ fits, pick: other }, present, state.contacts),
      };
    }
    default:
      return undefined;
  }
};

const actOf = (state: State, command: Command, makes: string): Act => {
  const { pick } = command;
  switch (command.kind) {
    case 'create':
      return { action: 'create', body: draftBody(state, command.draft, command) };
    case 'finalizeMany': {
      const drafts = ofStatus(state, 'draft');
      const keys = command.picks.map((one) =>
        pickKey({ fits: command.fits, pick: one }, drafts, state.invoices),
      );
      return { action: 'finalizeMany', invoices: pick % 10 === 0 ? keys : [...new Set(keys)] };
    }
    case 'createPayment':
      return { action: 'createPayment', body: paymentBody(state, command.money, undefined, pick) };
    case 'deletePayment':
      return { action: 'deletePayment', payment: pickKey(command, allLive(state.payments), state.payments) };
    case 'settings':
      return { action: 'settings', body: command.body };
    case 'reset':
      return { action: 'reset', start: command.start };
    case 'createContact':
      return { action: 'createContact', name: `Contact ${makes}` };
    case 'changeContact':
      return { action: 'changeContact', contact: anyContactKey(state, pick), name: `Renamed ${makes}` };
    case 'deleteContact':
      return { action: 'deleteContact', contact: anyContactKey(state, pick) };
    default: {
      const act = firstOf(state, command) ?? onInvoice(state, command);
      if (act === undefined) throw new Error(`${command.kind} is no request`);
      return act;
    }
  }
};

/** The version that an If-Match would name. */
const versionOf = (state: State, act: Act): number | undefined => {
  if (act.action === 'settings') return state.settings.version;
  if (act.action === 'changeContact' || act.action === 'deleteContact')
    return live(state.contacts, act.contact)?.version;
  if (act.action === 'deletePayment') return live(state.payments, act.payment)?.version;
  return 'invoice' in act ? live(state.invoices, act.invoice)?.version : undefined;
};

const ifMatchOf = (state: State, act: Act, match: Command['match']): number | undefined => {
  const version = versionOf(state, act);
  if (version === undefined || match === 'none') return undefined;
  return match === 'right' ? version : version > 1 ? version - 1 : 7;
};

const repeated = (
  state: State,
  command: Command & { kind: 'repeat' },
  makes: string,
): Request | undefined => {
  const done = pickOf(Object.values(state.keys), command.pick);
  if (done === undefined) return undefined;
  const { request } = done;
  if (command.how === 'same') return { ...request, makes };
  if (command.how === 'by another') {
    const others = everybody.filter((who) => who !== request.by);
    return { ...request, makes, by: pickOf(others, command.other) as Who };
  }
  const act: Act = {
    action: 'clone',
    invoice: pickOf(allLive(state.invoices), command.other)?.key ?? nobody,
  };
  const next: Request = { ...act, by: request.by, makes, idempotencyKey: request.idempotencyKey };
  return fingerprint(next) === fingerprint(request) ? undefined : next;
};

/** The request; undefined where there is nothing to repeat. */
export const resolve = (
  state: State,
  command: Exclude<Command, { kind: 'settle' }>,
  makes: string,
): Request | undefined => {
  if (command.kind === 'repeat') return repeated(state, command, makes);
  const act = actOf(state, command, makes);
  return {
    ...act,
    by: command.who,
    makes,
    ifMatch: ifMatchOf(state, act, command.match),
    idempotencyKey: command.keyed ? `key of ${makes}` : undefined,
  };
};
