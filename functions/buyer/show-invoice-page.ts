import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { resolveSession } from '#functions/online/resolve-session.ts';
import { paymentPageOrigin } from '#functions/wiring/payments.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { dayIn } from '#lib/domain/day.ts';
import { derivedOf } from '#lib/domain/invoice/derive.ts';
import { isPayableOnline } from '#lib/domain/online/checkout.ts';
import { renderInvoicePage } from '#lib/page/invoice-page.tsx';
import { pageLogo } from './page-logo.ts';
import { asPage, pageAnswer } from './pages.ts';
import { recordOpening } from './record-opening.ts';
import { invoiceOfLink } from './resolve-link.ts';

type Request = {
  params: { token: string };
  headers: Record<string, string | undefined>;
  now: string;
  requestId: string;
};

/** What the link opens; with what the buyer paid at the provider on it, though no message told of it yet (ONL-3). */
const openedBy = async ({ params, now, requestId }: Request): ReturnType<typeof invoiceOfLink> => {
  const opened = await invoiceOfLink(params.token, now);
  if (opened.invoice.paySessionId === undefined) return opened;
  const isAnother = await resolveSession(opened.invoice, { now, requestId });
  return isAnother ? invoiceOfLink(params.token, now) : opened;
};

/** The page that a link opens. Opening it changes nothing but the record that it was opened (LINK-6). */
export const showInvoicePage = (request: Request): Promise<{ raw: APIGatewayProxyStructuredResultV2 }> =>
  asPage(request.headers, async () => {
    const { params, now } = request;
    const { link, invoice } = await openedBy(request);
    const account = await readSettings(table(), invoice.accountId);
    const logo = await pageLogo(invoice.seller);
    const today = dayIn(account?.timeZone ?? 'UTC', now);
    await recordOpening(link, invoice, now);
    return pageAnswer(
      renderInvoicePage({
        invoice,
        today,
        derived: derivedOf(invoice, today),
        logo,
        pdfUrl: `/i/${params.token}/pdf`,
        payForm:
          account && isPayableOnline(invoice, account)
            ? { action: `/i/${params.token}/checkout`, provider: paymentPageOrigin() }
            : undefined,
      }),
    );
  });
