import { encodeTime, ulid } from 'ulid';
import type { IdPrefix } from '#lib/domain/fields.ts';

/** A new id whose ULID carries the instant (ISO 8601): ids of later instants sort after it. */
export const newId = (prefix: IdPrefix, at: string): string => `${prefix}_${ulid(Date.parse(at))}`;

const randomLetters = 8;
/** The id of a history entry moved to an instant, and within its millisecond to its place by revision. */
export const placedId = (id: string, at: string, revision: number): string =>
  `his_${encodeTime(Date.parse(at), 10)}${encodeTime(revision, 8)}${id.slice(-randomLetters)}`;
