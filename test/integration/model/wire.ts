import { absentIds } from '#test/support/every-route.ts';
import type { Request } from './requests.ts';

/** A request of the model's as it goes over HTTP. */

type Method = 'post' | 'patch' | 'put' | 'delete' | 'get';
export type Wired = { method: Method; path: string; body?: unknown; headers: Record<string, string> };
type IdOf = (key: string) => string | undefined;

const headersOf = ({ ifMatch, idempotencyKey }: Request): Record<string, string> => ({
  ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
  ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
});

/** A name is an address too: contacts are told apart by it. */
export const emailOf = (name: string, accountId: string): string =>
  `${name.toLowerCase().replaceAll(' ', '-')}-${accountId}@buyer.example`;

const routeOf = (request: Request, idOf: IdOf, accountId: string): Omit<Wired, 'headers'> => {
  const invoiceId = (key: string) => idOf(key) ?? (absentIds.invoiceId as string);
  const paymentId = (key: string) => idOf(key) ?? (absentIds.paymentId as string);
  const contactId = (key: string) => idOf(key) ?? (absentIds.contactId as string);
  const named = <T extends { contactId?: string | null; contactIds?: string[] | null }>(body: T) => ({
    ...body,
    ...(body.contactId && { contactId: contactId(body.contactId) }),
    ...(body.contactIds && { contactIds: body.contactIds.map(contactId) }),
  });
  const on = 'invoice' in request ? `/v1/invoices/${invoiceId(request.invoice)}` : '';
  switch (request.action) {
    case 'create':
      return { method: 'post', path: '/v1/invoices', body: named(request.body) };
    case 'patch':
      return { method: 'patch', path: on, body: named(request.body) };
    case 'finalize':
    case 'clone':
      return { method: 'post', path: `${on}/${request.action}` };
    case 'send':
      return { method: 'post', path: `${on}/send`, body: {} };
    case 'finalizeMany':
      return {
        ...{ method: 'post', path: '/v1/invoices/finalize' },
        body: { invoiceIds: request.invoices.map(invoiceId) },
      };
    case 'void':
      return { method: 'post', path: `${on}/void`, body: request.reason ? { reason: request.reason } : {} };
    case 'delete':
      return { method: 'delete', path: request.reason ? `${on}?reason=${request.reason}` : on };
    case 'record':
      return { method: 'post', path: `${on}/payments`, body: { method: 'cash', ...named(request.body) } };
    case 'createPayment':
      return { method: 'post', path: '/v1/payments', body: { method: 'check', ...named(request.body) } };
    case 'apply': {
      const { payment, amount } = request;
      const body = { paymentId: paymentId(payment), ...(amount !== undefined && { amount }) };
      return { method: 'post', path: `${on}/payments/apply`, body };
    }
    case 'takeOff':
      return { method: 'delete', path: `${on}/payments/${paymentId(request.payment)}` };
    case 'deletePayment':
      return { method: 'delete', path: `/v1/payments/${paymentId(request.payment)}` };
    case 'settings':
      return { method: 'patch', path: '/v1/settings', body: request.body };
    case 'reset':
      return { method: 'post', path: '/v1/numbering/reset', body: { start: request.start } };
    case 'addContact':
      return { method: 'put', path: `${on}/contacts/${contactId(request.contact)}` };
    case 'removeContact':
      return { method: 'delete', path: `${on}/contacts/${contactId(request.contact)}` };
    case 'createContact':
      return {
        ...{ method: 'post', path: '/v1/contacts' },
        body: { name: request.name, email: emailOf(request.name, accountId) },
      };
    case 'changeContact':
      return {
        ...{ method: 'patch', path: `/v1/contacts/${contactId(request.contact)}` },
        body: { name: request.name },
      };
    case 'deleteContact':
      return { method: 'delete', path: `/v1/contacts/${contactId(request.contact)}` };
  }
};

export const wired = (request: Request, idOf: IdOf, accountId: string): Wired => ({
  ...routeOf(request, idOf, accountId),
  headers: headersOf(request),
});
