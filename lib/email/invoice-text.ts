import { isZero } from '#lib/domain/money.ts';
import { lineReckoning } from '#lib/domain/wording/line-words.ts';
import { addressLines, identityLines } from '#lib/domain/wording/party-lines.ts';
import { totalRows } from '#lib/domain/wording/total-rows.ts';
import { fewLines, type Message } from './message.ts';

const itemsOf = ({ input: { invoice }, reading }: Message): string => {
  if (invoice.lineItems.length > fewLines) return '';
  const { words, money } = reading;
  return invoice.lineItems
    .map((line) => `- ${line.name}\n  ${words.pair(lineReckoning(line, reading), money(line.amount))}`)
    .join('\n');
};

const amountsOf = ({ input: { invoice }, reading, owed }: Message): string => {
  const { words, money, lessMoney, day } = reading;
  const rows: (readonly [name: string, value: string])[] = totalRows(invoice, reading).map(
    ({ name, amount }) => [name, amount],
  );
  rows.push([words.total, money(invoice.total)]);
  if (!isZero(invoice.amountPaid))
    rows.push([words.paid, lessMoney(invoice.amountPaid)], [words.balanceDue, money(invoice.balanceDue)]);
  if (owed && invoice.dueDate !== undefined) rows.push([words.dueDate, day(invoice.dueDate)]);
  return rows.map(([name, value]) => words.pair(name, value)).join('\n');
};

const signatureOf = ({ input: { invoice }, reading, wording, seller }: Message): string =>
  [
    wording.regards,
    seller,
    ...new Set([
      ...(invoice.seller?.legalName === undefined || invoice.seller.legalName === seller
        ? []
        : [invoice.seller.legalName]),
      ...addressLines(invoice.seller?.address, reading.country),
      ...identityLines(invoice.seller ?? {}, reading.words),
    ]),
  ].join('\n');

/** The plain text part: a letter that reads well by itself, not what is left of the HTML. */
export const invoiceText = (message: Message): string => {
  const { input, wording, seller, greeting, intro } = message;
  const { comments } = input.invoice;
  const parts = [
    greeting,
    ...intro,
    `${wording.viewAt}\n${input.linkUrl}`,
    input.pdfAttached === false ? wording.notAttached : wording.attached,
    comments,
    itemsOf(message),
    amountsOf(message),
    wording.replies(seller),
    signatureOf(message),
  ];
  return `${parts
    .filter((part): part is string => part !== undefined && part !== '')
    .join('\n\n')
    .replace(/\r\n?/g, '\n')}\n`;
};
