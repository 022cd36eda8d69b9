import { minor, totalsOf, written } from './money.ts';
import { finalizing, firstOf, isEdit, type Refusal, refusalsOf } from './refusals.ts';
import { fingerprint, isPost, people, type Request } from './requests.ts';
import {
  allLive,
  type Bulk,
  balanceOf,
  type Done,
  type Entry,
  firstInRun,
  type Invoice,
  lastInRun,
  live,
  nextCounter,
  type Payment,
  type State,
  unappliedOf,
  writeNumber,
} from './state.ts';
import { cloned, dated, merged } from './written.ts';

/** The plain model: what a request does to an account in memory, and what it answers. */

export type Answer =
  /** One of these; the order of refusals leaves open which. */
  | { kind: 'refused'; refusals: Refusal[] }
  | { kind: 'replayed'; done: Done }
  | { kind: 'done'; status: number; made?: string; bulk?: Bulk; warnings?: number };

const at = <T>(all: Record<string, T>, key: string): T => {
  const one = all[key];
  if (one === undefined) throw new Error(`the model knows no ${key}`);
  return one;
};

const touch = (invoice: Invoice, request: { by: string | null }, entry: Partial<Entry>): void => {
  invoice.version += 1;
  invoice.updatedBy = request.by;
  const { action = 'updated', ...rest } = entry;
  invoice.history.push({ action, by: request.by, version: invoice.version, ...rest });
};

const namesOf = (state: State, invoice: Invoice) => ({
  buyer: state.contacts[invoice.written.contactId ?? '']?.name ?? '',
  seller: state.settings.sellerName,
});

const addInvoice = (state: State, invoice: Pick<Invoice, 'key' | 'written' | 'source'> & { by: string }) => {
  const { by, ...rest } = invoice;
  state.invoices[rest.key] = {
    ...{ exists: true, status: 'draft', version: 1, documentVersion: 0, payments: [], sent: false },
    ...{ createdBy: by, updatedBy: by, history: [{ action: 'created', by, version: 1 }] },
    ...rest,
  };
};

const finalize = (state: State, invoice: Invoice, by: string): void => {
  const counter = nextCounter(state);
  const number = writeNumber(state, counter);
  invoice.written = dated(state, invoice.written);
  const isNothing = totalsOf(invoice.written).total === 0n;
  Object.assign(invoice, {
    ...{ status: isNothing ? 'paid' : 'open', documentVersion: 1, number, counter },
    ...namesOf(state, invoice),
  });
  state.numbers.push({ run: state.run, counter, number, invoice: invoice.key });
  state.lastDate = invoice.written.invoiceDate;
  touch(invoice, { by }, { action: 'finalized' });
};

const patch = (state: State, invoice: Invoice, request: Request & { action: 'patch' }, by: string): void => {
  const { body } = request;
  const edits = isEdit(invoice, body);
  const isFree = invoice.status === 'draft' || edits;
  const whole = merged(invoice, body);
  // What may change in every status leaves dates and all else as they are (LIFE-9).
  invoice.written = isFree
    ? whole
    : { ...invoice.written, contactIds: whole.contactIds, internalNote: whole.internalNote };
  if (edits) {
    invoice.written = dated(state, whole);
    if (lastInRun(state)?.invoice === invoice.key) state.lastDate = invoice.written.invoiceDate;
    invoice.documentVersion += 1;
    const names = namesOf(state, invoice);
    if (body.contactId !== undefined) invoice.buyer = names.buyer;
    if (body.refreshSeller) invoice.seller = names.seller;
    if (totalsOf(whole).total === 0n) invoice.status = 'paid';
  }
  touch(invoice, { by }, {});
};

/** Answers how many contacts were left out, since they are gone (LIFE-6). */
const clone = (state: State, original: Invoice, key: string, by: string): number => {
  const whole = cloned(original.written);
  const exists = (contact: string) => live(state.contacts, contact) !== undefined;
  const named = [whole.contactId ?? [], whole.contactIds ?? []].flat();
  if (whole.contactId !== undefined && !exists(whole.contactId)) delete whole.contactId;
  if (whole.contactIds !== undefined) whole.contactIds = whole.contactIds.filter(exists);
  addInvoice(state, { key, written: structuredClone(whole), source: 'clone', by });
  at(state.invoices, key).clonedFrom = original.key;
  return named.filter((contact) => !exists(contact)).length;
};

const remove = (state: State, invoice: Invoice, by: string, reason: string | undefined): void => {
  invoice.exists = false;
  invoice.history.push({ action: 'deleted', by, version: invoice.version, reason });
  const number = state.numbers.find((one) => one.invoice === invoice.key);
  if (number !== undefined) number.deleted = { by, reason };
};

const addPayment = (
  state: State,
  payment: Pick<Payment, 'key' | 'amount' | 'currency' | 'date' | 'contact'>,
  by: string,
): Payment => {
  const amount = written(payment.amount, payment.currency);
  const added: Payment = {
    ...payment,
    ...{ exists: true, applications: [], version: 1 },
    history: [{ action: 'payment_recorded', by, version: 1, payment: payment.key, amount }],
  };
  state.payments[payment.key] = added;
  return added;
};

const put = (invoice: Invoice, payment: Payment, amount: bigint): void => {
  const onInvoice = invoice.payments.find((one) => one.payment === payment.key);
  const ofPayment = payment.applications.find((one) => one.invoice === invoice.key);
  if (onInvoice && ofPayment) {
    onInvoice.amount += amount;
    ofPayment.amount += amount;
  } else {
    invoice.payments.push({ payment: payment.key, amount });
    payment.applications.push({ invoice: invoice.key, amount });
  }
  if (balanceOf(invoice) === 0n) invoice.status = 'paid';
};

/** Takes a payment off; answers how much it was, as it is written. */
const take = (invoice: Invoice, payment: Payment): string => {
  const [mine] = invoice.payments.filter((one) => one.payment === payment.key);
  invoice.payments = invoice.payments.filter((one) => one !== mine);
  payment.applications = payment.applications.filter((one) => one.invoice !== invoice.key);
  invoice.status = 'open';
  return written(mine?.amount ?? 0n, invoice.written.currency);
};

const deletePayment = (state: State, payment: Payment, by: string): void => {
  for (const { invoice: key } of [...payment.applications]) {
    const invoice = at(state.invoices, key);
    const amount = take(invoice, payment);
    touch(invoice, { by }, { action: 'payment_deleted', payment: payment.key, amount });
  }
  payment.exists = false;
  const amount = written(payment.amount, payment.currency);
  const { version, key } = payment;
  payment.history.push({ action: 'payment_deleted', by, version, payment: key, amount });
};

const finalizeMany = (state: State, keys: readonly string[], by: string): Bulk => {
  const bulk: Bulk = { finalized: [], refused: [] };
  for (const key of keys) {
    const invoice = live(state.invoices, key);
    const refusals = invoice ? firstOf(finalizing(state, invoice)) : undefined;
    if (invoice === undefined || refusals === undefined)
      bulk.refused.push({ invoice: key, codes: ['not_found'] });
    else if (refusals.length > 0)
      bulk.refused.push({ invoice: key, codes: refusals.map(({ code }) => code) });
    else {
      finalize(state, invoice, by);
      bulk.finalized.push({ invoice: key, number: invoice.number ?? '' });
    }
  }
  return bulk;
};

const reset = (state: State, start: number): void => {
  const [first, last] = [firstInRun(state), lastInRun(state)];
  if (first && last) {
    state.endedRuns.push({ run: state.run, start: first.number, last: last.number });
    state.run += 1;
  }
  state.lastDate = undefined;
  state.settings.start = start;
  state.settings.version += 1;
};

type Effect = Omit<Extract<Answer, { kind: 'done' }>, 'kind'>;

const payments = (state: State, request: Request, by: string): Effect | undefined => {
  switch (request.action) {
    case 'record': {
      const invoice = at(state.invoices, request.invoice);
      const { currency, contactId } = invoice.written;
      const { body, makes: key } = request;
      const amount = body.amount === undefined ? balanceOf(invoice) : minor(body.amount, currency);
      const more = { date: body.date ?? state.today, contact: body.contactId ?? contactId };
      put(invoice, addPayment(state, { key, amount, currency, ...more }, by), amount);
      const entry = { action: 'payment_recorded', payment: key, amount: written(amount, currency) };
      touch(invoice, { by }, entry);
      return { status: 201, made: key };
    }
    case 'createPayment': {
      const { amount = '', currency = 'EUR', date = state.today, contactId: contact } = request.body;
      const own = currency as 'EUR';
      addPayment(state, { key: request.makes, amount: minor(amount, own), currency: own, date, contact }, by);
      return { status: 201, made: request.makes };
    }
    case 'apply': {
      const invoice = at(state.invoices, request.invoice);
      const payment = at(state.payments, request.payment);
      const { currency } = invoice.written;
      const [balance, rest] = [balanceOf(invoice), unappliedOf(payment)];
      const most = balance < rest ? balance : rest;
      const amount = request.amount === undefined ? most : minor(request.amount, currency);
      put(invoice, payment, amount);
      const entry = { action: 'payment_applied', payment: payment.key, amount: written(amount, currency) };
      touch(invoice, { by }, entry);
      payment.version += 1;
      payment.history.push({ by, version: payment.version, ...entry });
      return { status: 200 };
    }
    case 'takeOff': {
      const invoice = at(state.invoices, request.invoice);
      const payment = at(state.payments, request.payment);
      const entry = {
        action: 'payment_taken_off',
        payment: payment.key,
        amount: take(invoice, payment),
      };
      touch(invoice, { by }, entry);
      payment.version += 1;
      payment.history.push({ by, version: payment.version, ...entry });
      return { status: 204 };
    }
    case 'deletePayment':
      deletePayment(state, at(state.payments, request.payment), by);
      return { status: 204 };
    default:
      return undefined;
  }
};

const accountWide = (state: State, request: Request): Effect | undefined => {
  switch (request.action) {
    case 'settings': {
      const { numbering, seller, ...switches } = request.body;
      Object.assign(state.settings, switches, numbering, seller && { sellerName: seller.legalName });
      state.settings.version += 1;
      return { status: 200 };
    }
    case 'reset':
      reset(state, request.start);
      return { status: 200 };
    case 'createContact':
      state.contacts[request.makes] = {
        ...{ key: request.makes, name: request.name, address: request.name },
        ...{ exists: true, version: 1 },
      };
      return { status: 201, made: request.makes };
    case 'changeContact': {
      const contact = at(state.contacts, request.contact);
      contact.name = request.name;
      contact.version += 1;
      return { status: 200 };
    }
    case 'deleteContact':
      at(state.contacts, request.contact).exists = false;
      state.waiting.push({ kind: 'contact', contact: request.contact });
      return { status: 204 };
    default:
      return undefined;
  }
};

const associate = (invoice: Invoice, contact: string, by: string): void => {
  const present = invoice.written.contactIds ?? [];
  // One that is there already stays, and nothing is written.
  if (present.includes(contact)) return;
  invoice.written.contactIds = [...present, contact];
  touch(invoice, { by }, { action: 'contact_added' });
};

const dissociate = (invoice: Invoice, contact: string, by: string | null): void => {
  const present = invoice.written.contactIds ?? [];
  if (!present.includes(contact)) return;
  invoice.written.contactIds = present.filter((one) => one !== contact);
  touch(invoice, { by }, { action: 'contact_removed' });
};

const invoices = (state: State, request: Request, by: string): Effect => {
  const { makes: key } = request;
  if (request.action === 'create') {
    const { body } = request;
    const source = body.source === 'subscription' ? 'subscription' : 'api';
    addInvoice(state, { key, written: merged(undefined, body), source, by });
    return { status: 201, made: key };
  }
  if (request.action === 'finalizeMany')
    return { status: 200, bulk: finalizeMany(state, request.invoices, by) };
  if (!('invoice' in request)) throw new Error(`the model does not know ${request.action}`);
  const invoice = at(state.invoices, request.invoice);
  switch (request.action) {
    case 'patch':
      patch(state, invoice, request, by);
      return { status: 200 };
    case 'finalize':
      finalize(state, invoice, by);
      return { status: 200 };
    case 'clone':
      return { status: 201, made: key, warnings: clone(state, invoice, key, by) };
    case 'void':
      invoice.status = 'voided';
      invoice.documentVersion += 1;
      touch(invoice, { by }, { action: 'voided', reason: request.reason });
      return { status: 200 };
    case 'delete':
      remove(state, invoice, by, request.reason);
      return { status: 204 };
    case 'send':
      state.waiting.push({ kind: 'email', invoice: invoice.key, by });
      return { status: 202, made: key };
    case 'addContact':
      associate(invoice, request.contact, by);
      return { status: 200 };
    case 'removeContact':
      dissociate(invoice, request.contact, by);
      return { status: 204 };
    default:
      throw new Error(`the model does not know ${request.action}`);
  }
};

/** What a request answers in this state, and the state after it. */
export const step = (before: State, request: Request): { answer: Answer; state: State } => {
  const slot = `${request.by} ${request.idempotencyKey}`;
  const isKeyed = request.idempotencyKey !== undefined && isPost(request);
  const done = isKeyed ? before.keys[slot] : undefined;
  const isSame = done !== undefined && fingerprint(done.request) === fingerprint(request);
  const reused: Refusal[] =
    done === undefined || isSame ? [] : [{ place: 'replay', code: 'idempotency_key_reused' }];
  const refusals = firstOf([...refusalsOf(before, request), ...reused]);
  const isEarly = refusals.some(({ place }) => place === 'permission' || place === 'shape');
  if (done !== undefined && isSame && !isEarly) return { answer: { kind: 'replayed', done }, state: before };
  if (refusals.length > 0) return { answer: { kind: 'refused', refusals }, state: before };
  const state = structuredClone(before);
  const { name } = people[request.by];
  const effect =
    payments(state, request, name) ?? accountWide(state, request) ?? invoices(state, request, name);
  if (isKeyed) state.keys[slot] = { request, made: undefined, ...effect };
  return { answer: { kind: 'done', ...effect }, state };
};

/**
 * What the workers do with what waits, in the order in which they are run here: associations with a deleted contact end
 * (CON-2), then e-mails go out.
 */
export const settle = (before: State): State => {
  const state = structuredClone(before);
  for (const work of state.waiting.toSorted((one, other) => one.kind.localeCompare(other.kind))) {
    if (work.kind === 'contact')
      for (const invoice of allLive(state.invoices)) dissociate(invoice, work.contact, null);
    else {
      const invoice = live(state.invoices, work.invoice);
      if (invoice === undefined || invoice.status === 'voided') continue;
      invoice.sent = true;
      invoice.history.push({ action: 'email_sent', by: work.by, version: null });
    }
  }
  state.waiting = [];
  return state;
};
