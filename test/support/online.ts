import { type Client, newInvoice, ok } from './account.ts';
import { type Answer, call, type Json, service } from './service.ts';

/** Paying online against the local Stripe: the buyer's side, and what he does there. */

export const stripeUrl = (): string => service().environment.STRIPE_API_URL as string;

/** Sets up that the account takes payments online. */
export const takeOnline = async (admin: Client, more: Record<string, unknown> = {}): Promise<void> => {
  ok(await admin.patch('/v1/settings', { onlinePayment: { provider: 'stripe' }, ...more }));
};

/** A finalized invoice over 100 that can be paid online; its link's token comes along. */
export const payableInvoice = async (
  admin: Client,
  more: Record<string, unknown> = {},
): Promise<{ id: string; token: string; path: string; invoice: Json }> => {
  const invoice = await newInvoice(admin, { allowOnlinePayment: true, ...more });
  const token = new URL(invoice.link).pathname.split('/')[2] as string;
  return { id: invoice.id, token, path: `/v1/invoices/${invoice.id}`, invoice };
};

export const checkOut = (
  token: string,
  form: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> =>
  call('POST', `/i/${token}/checkout`, {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

/** The provider's page that a checkout leads to. @throws Error for any other answer */
export const pageOf = (answer: Answer): string => {
  const page = answer.headers.get('location');
  if (answer.status !== 303 || page === null) throw new Error(`${answer.status} ${answer.text}`);
  return page;
};

/** What somebody does on the provider's page. */
export const onPage = async (page: string, deed: string): Promise<number> => {
  const body = new URLSearchParams({ deed });
  return (await fetch(page, { method: 'POST', body, redirect: 'manual' })).status;
};
