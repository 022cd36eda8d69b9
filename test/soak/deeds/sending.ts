import { holding, holdingPayment, type KnownInvoice, type SoakAccount } from '#test/soak/known.ts';
import { clientOf, type Deed, pickInvoice, pickPayment, type Random } from '#test/soak/worker.ts';
import { look } from './look.ts';

/** E-mails, links, and what the buyer sees. */

const isSendable = ({ status }: KnownInvoice): boolean => status === 'open' || status === 'paid';

let strangers = 0;
const copiesTo = ({ chance, pick }: Random, { contacts }: SoakAccount): string[] => {
  strangers += 1;
  return [
    ...(chance(0.2) ? [pick(contacts).email] : []),
    ...(chance(0.1) ? [`copy-${process.pid}-${strangers}@elsewhere.example`] : []),
  ];
};

export const send: Deed = async (worker, account) => {
  const { random } = worker;
  const invoice = pickInvoice(worker, account, isSendable);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const cc = copiesTo(random, account);
    const asked = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'send an e-mail', hold, method: 'POST' },
      ...{ path: `/v1/invoices/${invoice.id}/send`, expect: [202] },
      body: { ...(random.chance(0.5) && { intro: 'Thank you.' }), ...(cc.length > 0 && { cc }) },
    });
    if (asked === undefined) return look(worker, invoice, hold);
    const { id, recipients } = asked.body;
    invoice.emails.push({ id, recipients: recipients.map(({ email }: { email: string }) => email) });
  });
  return true;
};

export const sendReceipt: Deed = async (worker, account) => {
  const payment = pickPayment(worker, account, () => true);
  if (payment === undefined || account.contacts.length === 0) return false;
  await holdingPayment(payment, async () => {
    const asked = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'send a receipt', method: 'POST', expect: [202] },
      path: `/v1/payments/${payment.id}/receipt`,
      body: { to: worker.random.pick(account.contacts).email },
    });
    if (asked !== undefined) payment.receipts.push({ id: asked.body.id, recipients: [asked.body.to] });
  });
  return true;
};

export const readEmails: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, ({ emails }) => emails.length > 0);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const listed = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'read the e-mails', hold, method: 'GET' },
      ...{ path: `/v1/invoices/${invoice.id}/emails`, expect: [200] },
    });
    if (listed === undefined) await look(worker, invoice, hold);
  });
  return true;
};

/** The buyer opens the page; that of a deleted invoice says that it is gone (DEL-3). */
export const openLink: Deed = async (worker, account) => {
  const { random } = worker;
  if (random.chance(0.05)) {
    const gone = account.invoices.slice(-500).filter(({ isGone, link }) => isGone && link !== null);
    const [one] = gone.length > 0 ? [random.pick(gone)] : [];
    if (one?.link) {
      const opened = { http: worker.buyer, deed: 'open a deleted invoice’s link', method: 'GET' };
      await worker.ask({ ...opened, path: new URL(one.link).pathname, expect: [410] });
      return true;
    }
  }
  const invoice = pickInvoice(worker, account, ({ link }) => link !== null);
  if (!invoice?.link) return false;
  const { link, links } = invoice;
  const { pathname } = new URL(links.length > 0 && random.chance(0.3) ? random.pick(links).url : link);
  await holding([invoice], async (hold) => {
    const opened = await worker.ask({
      ...{ http: worker.buyer, deed: 'open a link', hold, method: 'GET', path: pathname, expect: [200] },
    });
    if (opened === undefined) return look(worker, invoice, hold);
    if (invoice.number !== null && !opened.bytes.includes(invoice.number))
      worker.wrong('open a link', `the page of ${invoice.id} lacks ${invoice.number}`);
  });
  return true;
};

const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 5).toString('latin1') === '%PDF-';

/** Staff or the buyer fetch the PDF, if it is made already. */
export const fetchPdf: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, ({ number, link }) => number !== null && link !== null);
  if (!invoice?.link) return false;
  const asBuyer = worker.random.chance(0.5);
  const { pathname } = new URL(invoice.link);
  const token = pathname.split('/')[2];
  await holding([invoice], async (hold) => {
    const asked = await worker.ask({
      ...{ deed: 'ask for the PDF', hold, method: 'GET' },
      ...(asBuyer
        ? { http: worker.buyer, path: `/i/${token}/pdf`, expect: [302, 202] }
        : { http: clientOf(worker, account), path: `/v1/invoices/${invoice.id}/pdf`, expect: [200, 202] }),
    });
    if (asked === undefined) return look(worker, invoice, hold);
    if (asked.status === 202) return;
    const path = asBuyer ? (asked.headers.get('location') ?? '') : asked.body.url;
    const pdf = await worker.ask({
      ...{
        http: worker.buyer,
        deed: 'fetch a PDF',
        hold,
        method: 'GET',
        path,
        expect: hold.raced ? [200, 404] : [200],
      },
    });
    if (pdf?.status === 200 && !isPdf(pdf.bytes)) worker.wrong('fetch a PDF', `of ${invoice.id} is none`);
  });
  return true;
};

export const makeLink: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, ({ link, linksMade }) => link !== null && linksMade < 150);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const made = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'make a link', hold, method: 'POST' },
      ...{ path: `/v1/invoices/${invoice.id}/links`, expect: [201], body: { recipient: 'Accounts payable' } },
    });
    if (made === undefined) return look(worker, invoice, hold);
    invoice.links.push({ id: made.body.id, url: made.body.url });
    invoice.linksMade += 1;
  });
  return true;
};

export const revokeLink: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, ({ links }) => links.length > 0);
  const link = invoice?.links.at(-1);
  if (invoice === undefined || link === undefined) return false;
  // Whoever comes meanwhile knows it no more.
  invoice.links.pop();
  await holding([invoice], async (hold) => {
    const revoked = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'revoke a link', hold, method: 'DELETE' },
      ...{ path: `/v1/invoices/${invoice.id}/links/${link.id}`, expect: [204] },
    });
    if (revoked === undefined) return look(worker, invoice, hold);
    const path = new URL(link.url).pathname;
    const opened = { http: worker.buyer, deed: 'open a revoked link', hold, method: 'GET', path };
    await worker.ask({ ...opened, expect: hold.raced ? [404, 410] : [404] });
  });
  return true;
};
