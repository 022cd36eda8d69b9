import { sellerName } from '#lib/domain/party.ts';
import type { PaymentMethod } from '#lib/domain/payment-method.ts';
import { groupedIban } from '#lib/domain/wording/party-lines.ts';
import { isOwed, type Part } from './page-input.ts';

/** The payments made so far. */
export const Payments = ({ invoice, reading }: Part) => {
  const { words, money, day } = reading;
  if (invoice.payments.length === 0) return null;
  return (
    <section>
      <table>
        <caption>{words.payments}</caption>
        <thead>
          <tr>
            <th scope="col">{words.paymentDate}</th>
            <th scope="col">{words.paymentMethod}</th>
            <th scope="col" className="end">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {invoice.payments.map(({ id, date, method, reference, amount, online }) => (
            <tr key={id}>
              <td>{day(date)}</td>
              <td>
                {words.methods[method]}
                {/* The provider's own id of what was paid online tells a buyer nothing. */}
                {reference !== undefined && !online && (
                  <span className="more">
                    <bdi>{words.pair(words.reference, reference)}</bdi>
                  </span>
                )}
              </td>
              <td className="end money">{money(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const transfers: ReadonlySet<PaymentMethod> = new Set(['wire_transfer', 'sepa', 'bacs']);

const Account = ({ invoice, reading: { words } }: Part) => {
  const { seller } = invoice;
  const facts = [
    [words.accountName, seller?.accountName ?? seller?.legalName ?? sellerName(invoice)],
    ['IBAN', seller?.iban && groupedIban(seller.iban)],
    ['BIC', seller?.bic],
    [words.reference, invoice.number],
  ] as const;
  return (
    <dl className="account">
      {facts.map(
        ([name, value]) =>
          value && (
            <div className="fact" key={name}>
              <dt>{name}</dt>
              <dd className="num">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
};

/** How to pay: nothing on an invoice that is paid or void (VOID-4). */
export const HowToPay = ({ invoice, reading }: Part) => {
  const { words } = reading;
  const { seller, paymentMethods: accepted = [] } = invoice;
  if (!isOwed(invoice)) return null;
  const methods = reading.either(accepted.map((method) => words.methods[method]));
  const takesTransfer = accepted.length === 0 || accepted.some((method) => transfers.has(method));
  const hasAccount = seller?.iban !== undefined && takesTransfer;
  if (!hasAccount && accepted.length === 0) return null;
  return (
    <section aria-labelledby="pay">
      <h2 id="pay">{hasAccount ? words.payByTransfer : words.acceptedMethods}</h2>
      {hasAccount && <Account invoice={invoice} reading={reading} />}
      {accepted.length > 0 && (
        <p className="methods">{hasAccount ? words.pair(words.acceptedMethods, methods) : methods}</p>
      )}
    </section>
  );
};
