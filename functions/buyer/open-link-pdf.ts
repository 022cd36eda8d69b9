import { handle } from '#functions/http/handler.ts';
import { pdfAddress, secondsToMake } from '#functions/invoices/pdf-address.ts';
import { renderPreparingPage } from '#lib/page/message-pages.tsx';
import { openLinkPdf } from './contract.ts';
import { asPage, pageAnswer, redirectTo } from './pages.ts';
import { headerOfLink } from './resolve-link.ts';

export const handler = handle(openLinkPdf, {
  run: ({ params, headers, now }) =>
    asPage(headers, async () => {
      const invoice = await headerOfLink(params.token, now);
      const address = await pdfAddress(invoice, invoice.documentVersion);
      if (address !== undefined) return redirectTo(address.url, 302);
      const preparing = pageAnswer(renderPreparingPage(invoice.language), 202);
      return { ...preparing, headers: { ...preparing.headers, 'retry-after': String(secondsToMake) } };
    }),
});
