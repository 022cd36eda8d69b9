import type { Client } from '#test/support/account.ts';
import { newContact, newDraft, ok } from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';

/** Drafts to be finalized, and the numbers they are to get. */

export const finalize = (client: Client, { id }: Json) => client.post(`/v1/invoices/${id}/finalize`);
export const drafts = async (
  client: Client,
  count: number,
  more: Record<string, unknown> = {},
): Promise<Json[]> => {
  const contact = await newContact(client);
  return Promise.all(
    Array.from({ length: count }, () => newDraft(client, { contactId: contact.id, ...more })),
  );
};
export const sequence = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `INV-${from + index}`);
export const numbersOf = (answers: readonly Answer[]): string[] =>
  answers.map((one) => ok(one).number).sort();
