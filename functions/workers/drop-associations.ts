import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { newId } from '#lib/data/ids.ts';
import { listInvoices } from '#lib/data/invoice-lists.ts';
import { putHeader, readHeader } from '#lib/data/invoices.ts';
import { Transaction, untilWritten } from '#lib/data/transaction.ts';
import { system } from '#lib/domain/actor.ts';
import { nextWrite } from '#lib/domain/invoice/write.ts';

type Dropping = {
  accountId: string;
  list: 'contactIds' | 'companyIds';
  id: string;
  after?: string | undefined;
};

const pagesInOneGo = 10;

const dropFrom = async ({ accountId, list, id }: Dropping, invoiceId: string): Promise<void> => {
  await untilWritten(
    async () => {
      const invoice = await readHeader(table(), accountId, invoiceId);
      if (!invoice?.[list]?.includes(id)) return;
      const at = new Date().toISOString();
      const rest = invoice[list].filter((other) => other !== id);
      const next = { ...invoice, ...nextWrite(invoice, { at, by: system }), [list]: rest };
      const writes = new Transaction(table());
      putHeader(writes, invoice, next, {
        id: newId('his', at),
        at,
        action: list === 'contactIds' ? 'contact_removed' : 'company_removed',
        actor: system,
        source: 'system',
        requestId: null,
        version: next.version,
      });
      await writes.commit();
    },
    { deadline: Date.now() + 20_000 },
  );
};

/**
 * Ends the associations of the account's invoices with a deleted contact or company, so many pages of the list by
 * creation at a time. Deleting one is rare and nobody waits for it: an index for it would cost every invoice's writes.
 * @returns where to go on, or undefined at the end
 */
export const dropAssociations = async (dropping: Dropping): Promise<string | undefined> => {
  const { accountId, list, id } = dropping;
  const account = await readSettings(table(), accountId);
  let { after } = dropping;
  for (let page = 0; page < pagesInOneGo && account !== undefined; page++) {
    const { headers, next } = await listInvoices(table(), {
      index: 'byCreation',
      ...{ accountId, shards: account.shards, descending: false, limit: 200, after },
    });
    for (const header of headers) if (header[list]?.includes(id)) await dropFrom(dropping, header.id);
    after = next;
    if (next === undefined) return undefined;
  }
  return after;
};
