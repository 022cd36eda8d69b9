import { ulid } from 'ulid';
import type { IdPrefix } from '#lib/domain/fields.ts';

/** A new id whose ULID carries the instant (ISO 8601): ids of later instants sort after it. */
export const newId = (prefix: IdPrefix, at: string): string => `${prefix}_${ulid(Date.parse(at))}`;
