import { daysBetween } from '#lib/domain/day.ts';
import { type InvoicePageInput, isOwed, type Part } from './page-input.ts';

type Props = Part & Pick<InvoicePageInput, 'derived' | 'today' | 'pdfUrl' | 'payForm'>;

export type ShownStatus = keyof Part['reading']['words']['status'];

/** The one word that stands for the invoice's state; being late says more than being paid in part. */
export const shownStatus = ({ invoice, derived }: Pick<Props, 'invoice' | 'derived'>): ShownStatus => {
  if (invoice.status !== 'open') return invoice.status;
  if (derived.overdue) return 'overdue';
  return derived.partiallyPaid ? 'partiallyPaid' : 'open';
};

const dayPaid = (invoice: Part['invoice']): string | undefined =>
  invoice.payments.reduce<string | undefined>(
    (last, { date }) => (last === undefined || date > last ? date : last),
    undefined,
  );

const Until = ({ invoice, reading, derived, today }: Props) => {
  const { words, day, days, inDays } = reading;
  const { dueDate } = invoice;
  if (dueDate === undefined) return null;
  if (derived.overdue)
    return <p className="until late">{words.overdueSince(day(dueDate), days(derived.daysOverdue))}</p>;
  return <p className="until">{words.dueOn(day(dueDate), inDays(daysBetween(today, dueDate)))}</p>;
};

const Sum = ({ label, amount, children }: { label: string; amount: string; children?: React.ReactNode }) => (
  <div>
    <h2 id="owed">{label}</h2>
    <p className="sum">{amount}</p>
    {children}
  </div>
);

const Message = (props: Props) => {
  const { invoice, reading, derived } = props;
  const { words, money, day } = reading;
  if (invoice.status === 'voided')
    return (
      <div>
        <h2 id="owed">{words.status.voided}</h2>
        <p className="until">{words.voidNotice}</p>
      </div>
    );
  if (!isOwed(invoice)) {
    const paid = dayPaid(invoice);
    return (
      <Sum label={words.amountPaid} amount={money(invoice.amountPaid)}>
        <p className="until">{paid === undefined ? words.nothingToPay : words.paidOn(day(paid))}</p>
      </Sum>
    );
  }
  return (
    <Sum label={words.amountDue} amount={money(invoice.balanceDue)}>
      <Until {...props} />
      {invoice.payState === 'processing' && <p className="aside">{words.paymentProcessing}</p>}
      {derived.partiallyPaid && (
        <p className="aside">{words.partlyPaid(money(invoice.amountPaid), money(invoice.total))}</p>
      )}
    </Sum>
  );
};

/** On to the provider, with what the buyer sees here: if it is another by then, nothing is paid. */
const Pay = ({ invoice, reading: { words }, payForm }: Props) =>
  payForm && (
    <form className="pay" method="post" action={payForm.action}>
      <input type="hidden" name="documentVersion" value={invoice.documentVersion} />
      <input type="hidden" name="balanceDue" value={invoice.balanceDue} />
      {invoice.allowPartialPayments === true && (
        <label>
          {words.amountToPay}
          <input name="amount" inputMode="decimal" autoComplete="off" defaultValue={invoice.balanceDue} />
        </label>
      )}
      <button className="button" type="submit">
        {words.payOnline}
      </button>
    </form>
  );

/** What is owed and until when, or that nothing is; how to pay it online; and the PDF. */
export const Owed = (props: Props) => (
  <section className="owed" aria-labelledby="owed">
    <Message {...props} />
    {props.pdfUrl !== undefined && (
      <div className="todo">
        <Pay {...props} />
        <a className={props.payForm ? 'button second' : 'button'} href={props.pdfUrl}>
          {props.reading.words.downloadPdf}
        </a>
      </div>
    )}
  </section>
);
