import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { openSession } from '#functions/online/open-session.ts';
import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import type { FinalizedHeader } from '#lib/domain/invoice/invoice.ts';
import { compareAmounts } from '#lib/domain/money.ts';
import { checkout } from '#lib/domain/online/checkout.ts';
import { checkOut } from './contract.ts';
import { asPage } from './pages.ts';
import { headerOfLink } from './resolve-link.ts';

type Seen = { documentVersion?: string | null | undefined; balanceDue?: string | null | undefined };

/** Whether the invoice is still what the buyer's page said (ONL-2). */
const isAsSeen = (invoice: FinalizedHeader, { documentVersion, balanceDue }: Seen): boolean =>
  (documentVersion == null || Number(documentVersion) === invoice.documentVersion) &&
  (balanceDue == null || compareAmounts(balanceDue, invoice.balanceDue) === 0);

const seeOther = (location: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 303,
  headers: { location, 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' },
});

export const handler = handle(checkOut, {
  run: ({ params, body, headers, now }) =>
    asPage(headers, async () => {
      const invoice = await headerOfLink(params.token, now);
      const account = await accountSettings(invoice.accountId);
      const { amount, units } = checkout(invoice, account, body.amount ?? undefined);
      const backTo = `${linkBaseUrl(account)}/i/${params.token}`;
      if (!isAsSeen(invoice, body)) return seeOther(backTo);
      const providerAccount = account.onlinePayment?.stripeAccountId;
      return seeOther(await openSession({ invoice, amount, units, providerAccount, backTo, now }));
    }),
});
