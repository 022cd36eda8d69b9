import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
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

/** The page that a link opens. Opening it changes nothing but the record that it was opened (LINK-6). */
export const showInvoicePage = (request: {
  params: { token: string };
  headers: Record<string, string | undefined>;
  now: string;
}): Promise<{ raw: APIGatewayProxyStructuredResultV2 }> =>
  asPage(request.headers, async () => {
    const { params, now } = request;
    const { link, invoice } = await invoiceOfLink(params.token, now);
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
