import { setTimeout as sleep } from 'node:timers/promises';
import { zipSync } from 'fflate';
import { documents } from '#functions/wiring/documents.ts';
import { zipBytes } from '#functions/wiring/exports.ts';
import { askForPdf } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import { readHeader } from '#lib/data/invoices.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { pdfNameOf } from '#lib/email/attachment-name.ts';
import type { WholeEncoder } from '#lib/exports/encoder.ts';

/** The PDFs of invoices as ZIP files (EXP-7). */

const pdfsAtMost = 1_000;
/** How long a step waits for PDFs that are being made. */
const patienceMs = 10 * 60_000;
const atOnce = 10;

/** The present PDF of an invoice; one that is not made yet is asked for once and waited for, as long as there is an invoice. */
const pdfOf = async (header: InvoiceHeader, until: number): Promise<Uint8Array | undefined> => {
  const { accountId, id: invoiceId, documentVersion } = header;
  for (let asked = false; ; asked = true) {
    const pdf = await readRecord(table(), pdfs, accountId, invoiceId, documentVersion);
    if (pdf !== undefined) return documents().get(pdf.key);
    if (Date.now() >= until || (await readHeader(table(), accountId, invoiceId)) === undefined)
      return undefined;
    if (!asked) await askForPdf({ accountId, invoiceId, documentVersion });
    await sleep(500);
  }
};

type Found = { header: InvoiceHeader; bytes: Uint8Array | undefined };
const pdfsOf = async (headers: readonly InvoiceHeader[], until: number): Promise<Found[]> => {
  const found: Found[] = [];
  for (let first = 0; first < headers.length; first += atOnce) {
    const some = headers.slice(first, first + atOnce);
    found.push(
      ...(await Promise.all(some.map(async (header) => ({ header, bytes: await pdfOf(header, until) })))),
    );
  }
  return found;
};

export const pdfZipEncoder = (): WholeEncoder => ({
  kind: 'whole',
  mediaType: 'application/zip',
  extension: 'zip',
  invoicesAtMost: pdfsAtMost,
  open: () => {
    const until = Date.now() + patienceMs;
    const entries = new Map<string, Uint8Array>();
    let size = 0;
    return {
      reads: 'headers',
      encode: async (headers) => {
        const found = await pdfsOf(headers, until);
        const made = found.flatMap(({ header, bytes }) => (bytes === undefined ? [] : [{ header, bytes }]));
        for (const { header, bytes } of made) {
          const name = pdfNameOf(header.number ?? header.id);
          // `A/1` and `A-1` make one name: no file may take the place of another.
          entries.set(entries.has(name) ? pdfNameOf(`${header.number}-${header.id}`) : name, bytes);
          size += bytes.length;
        }
        const missing = found.filter(({ bytes }) => bytes === undefined);
        return {
          rows: made.length,
          exported: made.map(({ header }) => header),
          skipped: missing.map(({ header: { id, number } }) => ({
            ...{ invoiceId: id, number: number ?? null, reason: 'pdf_not_available' },
          })),
        };
      },
      isFull: () => size >= zipBytes(),
      // A PDF is compressed already.
      end: async () => zipSync(Object.fromEntries(entries), { level: 0, mtime: '2026-01-01T00:00:00' }),
    };
  },
});
