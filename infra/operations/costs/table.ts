import { assumed } from './life.ts';
import { type Bill, billOf, type Measured, totalOf } from './model.ts';
import { priceList } from './prices.ts';
import type { Standing } from './standing.ts';

const [begin, end] = ['<!-- costs: begin -->', '<!-- costs: end -->'];
/** Invoices a month. */
export const volumes = [0, 100, 10_000, 1_000_000] as const;

const dollars = (amount: number): string =>
  amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The table of the month's bill, with what an invoice comes to in the last row. */
export const costTable = (standing: Standing, measured: Measured): string => {
  const bills = volumes.map((invoices) => billOf(standing, measured, invoices));
  const services = Object.keys(bills[0] ?? {});
  const each = (of: (bill: Bill) => number) => bills.map((bill) => dollars(of(bill)));
  const perInvoice = volumes.map((invoices, index) => {
    const bill = bills[index];
    return invoices === 0 || bill === undefined ? '' : (totalOf(bill) / invoices).toFixed(4);
  });
  const { region, asOf } = priceList;
  return [
    row([
      `USD a month, ${region}, ${asOf}`,
      'idle',
      ...volumes.slice(1).map((count) => count.toLocaleString('en-US')),
    ]),
    `|---|${volumes.map(() => '--:|').join('')}`,
    ...services.map((service) => row([service, ...each((bill) => bill[service] ?? 0)])),
    row(['**together**', ...each(totalOf).map((sum) => `**${sum}**`)]),
    row(['an invoice', ...perInvoice]),
    '',
    `Idle are ${standing.alarms} alarms, ${standing.metrics} metrics, ${standing.secrets} secrets, ${standing.dashboards} dashboard and the polling of ${standing.polledQueues} queues. The bill is that of month ${assumed.monthsKept}, with all invoices kept.`,
  ].join('\n');
};

/** README with the table made anew. @throws Error where it has no place for one */
export const readmeWithCosts = (readme: string, table: string): string => {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README lacks ${begin} … ${end}`);
  return `${readme.slice(0, from)}${begin}\n${table}\n${readme.slice(to)}`;
};
