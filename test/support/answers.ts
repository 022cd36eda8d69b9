import type { Answer, Json } from './service.ts';

/** An answer in few words: `200`, or `409 invoice_paid`. */
export const inShort = ({ status, body }: Answer): string => `${status} ${body?.code ?? ''}`.trim();

/** The faulty fields of a refusal, each with its code. */
export const faultsOf = ({ body }: Answer): string[] =>
  ((body?.errors ?? []) as Json[]).map(({ pointer, code }) => `${pointer} ${code}`);
