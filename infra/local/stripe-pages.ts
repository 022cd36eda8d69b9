import { amountOfUnits } from '#lib/domain/online/limits.ts';
import { MAILBOX_STYLE } from './mailbox-style.ts';
import { type Deed, type LocalSession, possible } from './stripe-state.ts';

/** Pages of the local Stripe for people: where a buyer pays, and what happened so far. */

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const words: Record<Deed, string> = {
  pay: 'Pay',
  wait: 'Pay by a method that settles later',
  settle: 'The money comes',
  fail: 'The money does not come',
  refund: 'Refund it',
  dispute: 'The buyer disputes it',
  win: 'The seller wins the dispute',
  lose: 'The seller loses the dispute',
};

const page = (title: string, content: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${MAILBOX_STYLE}
button { display: block; width: 100%; max-width: 24rem; margin: .75rem 0; padding: .75rem 1rem; font: inherit; font-weight: 600; color: var(--link); background: none; border: 1px solid; border-radius: 6px; cursor: pointer; }
button:first-child { color: #fff; background: #0b5cad; border-color: #0b5cad; }
.sum { font-size: 1.75rem; font-weight: 600; margin: 0; }</style></head><body><main>${content}</main></body></html>`;

const amountOf = ({ amount, currency }: LocalSession): string =>
  escaped(`${amountOfUnits(amount, currency.toUpperCase())} ${currency.toUpperCase()}`);

const standing = ({ status, money, refunded, dispute }: LocalSession): string =>
  [status, money, refunded > 0 ? 'refunded' : '', dispute === 'none' ? '' : `dispute: ${dispute}`]
    .filter((word) => word !== '' && word !== 'none')
    .join(', ');

/** Where the buyer pays, or lets it be. `declined`: his card was refused, and he may try again. */
export const payPage = (session: LocalSession, declined = false): string => {
  const buttons = possible(session).map(
    (deed) => `<button name="deed" value="${deed}">${words[deed]}</button>`,
  );
  const decline =
    session.status === 'open'
      ? '<button name="deed" value="decline">Try a card that is declined</button>'
      : '';
  return page(
    session.title,
    `<h1>${escaped(session.title)}</h1><p class="sum">${amountOf(session)}</p><p class="quiet">The local stand-in for Stripe Checkout: no money moves.</p><p>This payment is: <strong>${escaped(standing(session))}</strong></p>
${declined ? '<p><strong>The card was declined. Nothing was paid.</strong></p>' : ''}<form method="post">${buttons.join('')}${decline}</form>
<p><a href="${escaped(session.successUrl)}">Back to the invoice</a></p>`,
  );
};

export const sessionsPage = (sessions: readonly LocalSession[]): string =>
  page(
    'Payments',
    `<h1>Payments</h1>${sessions.length === 0 ? '<p class="quiet">No buyer has begun to pay yet.</p>' : ''}<ul class="mails">${[
      ...sessions,
    ]
      .reverse()
      .map(
        (session) =>
          `<li><a href="/pay/${session.id}"><strong>${escaped(session.title)}</strong><time>${amountOf(session)}</time><span>${escaped(standing(session))}</span></a></li>`,
      )
      .join('')}</ul>`,
  );
