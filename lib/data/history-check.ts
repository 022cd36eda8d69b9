import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type Change, change } from '#lib/domain/change.ts';
import { historyKey } from './keys.ts';
import { historyOfCreation } from './stream.ts';
import { type Item, queryEach, type Table } from './table.ts';

/** Whether the history knows of all that was written: items and their versions against the entries. */

/** What has a history: an invoice, a payment, the settings. */
export type Subject = {
  accountId: string;
  /** As its history names it. */
  subject: string;
  /** Where its items lie. */
  pk: string;
  /** Each version up to this one has an entry; 0 where versions are not counted. */
  version: number;
  updatedAt: string;
};
/** A change that the history does not tell of, by the version that it made or the item that it wrote. */
export type Missing = { accountId: string; subject: string; version?: number; item?: string };
export type Checked = { missing: Missing[]; mended: Missing[] };

const itemsIn = (table: Table, pk: string): AsyncGenerator<Item> => queryEach(table, { pk, limit: 200 });

/** What a history knows of: parts of changes, and versions. */
const knownOf = async (table: Table, { accountId, subject }: Subject) => {
  const parts: string[] = [];
  const versions = new Set<number>();
  for await (const { sk, data } of itemsIn(table, historyKey(accountId, subject, '', '').pk)) {
    parts.push(sk);
    const { version } = change.pick({ version: true }).parse(data);
    if (version !== undefined) versions.add(version);
  }
  const isKnown = (part: string): boolean =>
    // A part that is too large for one item lies in several, each with a property's name behind.
    parts.some((sk) => sk === part || (sk.startsWith(`${part}#`) && !/^\d/.test(sk.slice(part.length + 1))));
  return { isKnown, versions };
};

const stamped = z.looseObject({ change, subject: z.string(), revision: z.number() });

/** What was written before `before` and has no history. */
const unknownOf = async (table: Table, checked: Subject, before: string) => {
  const { isKnown, versions } = await knownOf(table, checked);
  const items: (Item & { change: Change; revision: number })[] = [];
  for await (const item of itemsIn(table, checked.pk)) {
    const parsed = stamped.safeParse(item);
    if (!parsed.success || parsed.data.subject !== checked.subject) continue;
    const { id, at, version } = parsed.data.change;
    if (at >= before || isKnown(`${id}#${item.sk}`)) continue;
    items.push({ ...item, change: parsed.data.change, revision: parsed.data.revision });
    // It is told of as the item's, once.
    if (version !== undefined) versions.add(version);
  }
  const all = Array.from(
    { length: checked.updatedAt < before ? checked.version : 0 },
    (_, index) => index + 1,
  );
  return { items, versions: all.filter((version) => !versions.has(version)) };
};

/**
 * Compares a subject with its history. What is missing of a creation is written from the item itself, which says the
 * same as the record that was lost; of later changes the item before is not known any more, so they are only named.
 */
export const checkSubject = async (table: Table, subject: Subject, before: string): Promise<Checked> => {
  const { items, versions } = await unknownOf(table, subject, before);
  const named = { accountId: subject.accountId, subject: subject.subject };
  const missing: Missing[] = versions.map((version) => ({ ...named, version }));
  const mended: Missing[] = [];
  for (const item of items) {
    if (item.revision === 1) {
      for (const entry of historyOfCreation(item))
        await table.client.send(new PutCommand({ TableName: table.name, Item: entry }));
      mended.push({ ...named, item: item.sk });
    } else missing.push({ ...named, item: item.sk });
  }
  return { missing, mended };
};
