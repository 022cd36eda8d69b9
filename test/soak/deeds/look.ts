import { type Hold, type KnownInvoice, type KnownPayment, know, knowPayment } from '#test/soak/known.ts';
import { clientOf, type Worker } from '#test/soak/worker.ts';

/** Looks at what something was made of, by the worker or by somebody else. */

export const look = async (worker: Worker, invoice: KnownInvoice, hold: Hold): Promise<void> => {
  if (invoice.isGone) return;
  const found = await worker.ask({
    ...{ http: clientOf(worker, invoice.account), deed: 'read an invoice', hold },
    ...{ method: 'GET', path: `/v1/invoices/${invoice.id}`, expect: hold.raced ? [200, 404] : [200] },
  });
  if (found?.status === 404) invoice.isGone = true;
  else if (found !== undefined) know(invoice, found.body);
};

export const lookAtPayment = async (worker: Worker, payment: KnownPayment): Promise<void> => {
  const found = await worker.ask({
    ...{ http: clientOf(worker, payment.account), deed: 'read a payment' },
    ...{ method: 'GET', path: `/v1/payments/${payment.id}`, expect: [200] },
  });
  if (found !== undefined) knowPayment(payment, found.body);
};
