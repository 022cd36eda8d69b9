import { accountSettings } from '#functions/http/existing.ts';
import { type ActionHandler, handle } from '#functions/http/handler.ts';
import type { Problem } from '#functions/http/problems.ts';
import { openSession } from '#functions/online/open-session.ts';
import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import type { FinalizedHeader } from '#lib/domain/invoice/invoice.ts';
import { compareAmounts } from '#lib/domain/money.ts';
import { checkout, refuseUnpayable } from '#lib/domain/online/checkout.ts';
import { renderNoPaymentPage } from '#lib/page/message-pages.tsx';
import { checkOut } from './contract.ts';
import { acceptsPage, asPage, languageOf, pageAnswer, redirectTo } from './pages.ts';
import { headerOfLink } from './resolve-link.ts';

type Seen = { documentVersion?: string | null | undefined; balanceDue?: string | null | undefined };

/** Whether the invoice is still what the buyer's page said (ONL-2). */
const isAsSeen = (invoice: FinalizedHeader, { documentVersion, balanceDue }: Seen): boolean =>
  (documentVersion == null || Number(documentVersion) === invoice.documentVersion) &&
  (balanceDue == null || compareAmounts(balanceDue, invoice.balanceDue) === 0);

/**
 * Where a browser sent the form, a person reads the refusal: as a page. What the invoice's page says itself leads back to
 * it. Programs get the problem document.
 */
const forPeople =
  (action: ActionHandler): ActionHandler =>
  async (event, context) => {
    const answer = await action(event, context);
    const { statusCode = 200, headers: { 'content-type': type, ...headers } = {} } = answer;
    if (type !== 'application/problem+json' || !acceptsPage(event.headers)) return answer;
    const back = `/i/${event.pathParameters?.token}`;
    const { code } = JSON.parse(answer.body ?? '{}') as Partial<Problem>;
    const isOnThePage = statusCode === 409 && code !== 'payment_exceeds_balance';
    const why = statusCode < 500 ? 'amountNotPayable' : 'paymentUnavailable';
    const forPerson = isOnThePage
      ? redirectTo(back, 303)
      : pageAnswer(renderNoPaymentPage(why, back, languageOf(event.headers)), statusCode);
    return { ...forPerson, headers: { ...headers, ...forPerson.headers } };
  };

const action = handle(checkOut, {
  run: ({ params, body, headers, now }) =>
    asPage(headers, async () => {
      const invoice = await headerOfLink(params.token, now);
      const account = await accountSettings(invoice.accountId);
      refuseUnpayable(invoice, account);
      const backTo = `${linkBaseUrl(account)}/i/${params.token}`;
      // An amount that was chosen on another page says nothing of this one.
      if (!isAsSeen(invoice, body)) return redirectTo(backTo, 303);
      const { amount, units } = checkout(invoice, body.amount ?? undefined);
      const providerAccount = account.onlinePayment?.stripeAccountId;
      const page = await openSession({ invoice, amount, units, providerAccount, backTo, now });
      return redirectTo(page, 303);
    }),
});

export const handler = forPeople(action);
