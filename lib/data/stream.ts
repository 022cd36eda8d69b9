import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';
import { type Change, change } from '#lib/domain/change.ts';
import { changesBetween, changesOfPart } from '#lib/domain/history/changes.ts';
import { settingsImage } from '#lib/domain/history/settings-image.ts';
import { historyItem } from './history.ts';
import { accountOfKey } from './keys.ts';
import type { Item } from './table.ts';

/** What a record of the table's stream means. */

const image = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  subject: z.string().optional(),
  change: change.optional(),
  changeParts: z.int().optional(),
  /** How many items the details or the lines lie in. */
  parts: z.int().optional(),
  data: z.looseObject({}).optional(),
});
export type Image = z.infer<typeof image>;
export type StreamChange = { before: Image | undefined; after: Image | undefined };

type AttributeMap = Parameters<typeof unmarshall>[0];
const read = (map: unknown): Image | undefined =>
  map === undefined ? undefined : image.parse(unmarshall(map as AttributeMap));

/** The item before and after; neither is there for what did not exist. */
export const readStreamRecord = (record: DynamoDBRecord): StreamChange => ({
  before: read(record.dynamodb?.OldImage),
  after: read(record.dynamodb?.NewImage),
});

/** A history item has to fit into 400 KB, with room for its keys and stamp. */
const roomyBytes = 300_000;
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

type Changes = ReturnType<typeof changesBetween>;
/** Changes in as many parts as their size needs: all together, else one a property, else its two values apart. */
const partsOf = (part: string, changes: Changes): { part: string; changes: Changes }[] => {
  if (sizeOf(changes) <= roomyBytes) return [{ part, changes }];
  return changes.flatMap((single) => {
    const name = `${part}#${single.property}`;
    if (sizeOf(single) <= roomyBytes) return [{ part: name, changes: [single] }];
    return [
      { part: `${name}#0`, changes: [{ ...single, to: null }] },
      { part: `${name}#1`, changes: [{ ...single, from: null }] },
    ];
  });
};

/** What an e-mail's history shows of it. */
const emailShown = ({ id, template, from, to, cc, subject, status, messageId }: Record<string, unknown>) => ({
  id,
  template,
  from,
  to,
  cc,
  subject,
  status,
  messageId,
});

/** What a link's history shows of it: its slug is the invoice's, and nothing opens it. */
const linkShown = ({ id, recipient, expiresAt, revokedAt }: Record<string, unknown>) => ({
  id,
  recipient: recipient ?? null,
  expiresAt: expiresAt ?? null,
  revokedAt: revokedAt ?? null,
});

const changesOf = ({ before, after }: { before: Image | undefined; after: Image }): Changes => {
  if (after.sk.startsWith('EMAIL#'))
    return [{ property: 'email', from: null, to: emailShown(after.data ?? {}) }];
  if (after.sk.startsWith('LINK#'))
    return [
      {
        property: 'link',
        from: before?.data === undefined ? null : linkShown(before.data),
        to: linkShown(after.data ?? {}),
      },
    ];
  if (after.subject === 'settings')
    return changesBetween(before?.data && settingsImage(before.data), settingsImage(after.data ?? {}));
  const isPart = Math.max(before?.parts ?? 1, after.parts ?? 1) > 1;
  return (isPart ? changesOfPart : changesBetween)(before?.data, after.data ?? {});
};

/**
 * The history items that a record of the stream makes: none for an item without a stamp, for a removal (which knows no
 * actor: it writes its history itself) or for a write that repeats the stamp it had.
 */
export const historyOf = ({ before, after }: StreamChange): Item[] => {
  if (after?.change === undefined || after.subject === undefined) return [];
  if (before?.change?.id === after.change.id) return [];
  const {
    subject,
    change: stamp,
    sk,
    pk,
    changeParts,
  } = after as Image & { subject: string; change: Change };
  return partsOf(sk, changesOf({ before, after })).map(({ part, changes }, _, { length: pieces }) => ({
    ...historyItem(accountOfKey(pk), subject, stamp, part, changes),
    ...{ changeParts, pieces },
  }));
};

/** The history items that an item's creation makes, from the item as it lies in the table. */
export const historyOfCreation = (item: Item): Item[] =>
  historyOf({ before: undefined, after: image.parse(item) });
