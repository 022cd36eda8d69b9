import * as z from 'zod';
import { day, isId } from '#lib/domain/fields.ts';
import type { FilterType } from '#lib/domain/invoice/property-catalogue.ts';
import { faultsOfCustomProperties } from '#lib/domain/property-definition.ts';
import type { Scalar, SearchProperty } from './filter.ts';
import { foldCase } from './fold.ts';

/** The values of a filter, by the type of the property (FILT-2). */

export type ReadValue = { ok: true; value: Scalar } | { ok: false; code: string; detail: string };
const good = (value: Scalar): ReadValue => ({ ok: true, value });
const bad = (code: string, detail: string): ReadValue => ({ ok: false, code, detail });

const longestText = 4_096;
const texts = (raw: unknown): ReadValue => {
  if (typeof raw !== 'string') return bad('invalid_type', 'must be a text');
  if (raw.length > longestText) return bad('too_long', `must have at most ${longestText} characters`);
  return raw.isWellFormed() ? good(raw) : bad('invalid_text', 'has half of a surrogate pair');
};

const choices = (raw: unknown, { choices: known = [] }: SearchProperty): ReadValue => {
  if (typeof raw !== 'string') return bad('invalid_type', 'must be one of the property’s choices, as a text');
  const choice = known.find((one) => foldCase(one) === foldCase(raw));
  return choice === undefined
    ? bad('invalid_value', 'is none of the property’s choices, which GET /v1/invoices/properties lists')
    : good(choice);
};

const ids = (raw: unknown, { ids: prefixes = [] }: SearchProperty): ReadValue => {
  if (typeof raw !== 'string') return bad('invalid_type', 'must be an id, as a text');
  return prefixes.some((prefix) => isId(prefix, raw))
    ? good(raw)
    : bad('invalid_id', `must be an id that begins with ${prefixes.map((one) => `${one}_`).join(' or ')}`);
};

/** Zero has no sign: an order knows one place for it. */
const amounts = (raw: unknown): ReadValue => {
  if (typeof raw !== 'string') return bad('invalid_type', 'must be a decimal string');
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(raw)
    ? good(raw.replace(/^-(?=0(\.0+)?$)/, ''))
    : bad('invalid_amount', 'must be a decimal string, at most 15 integer digits and ten decimals');
};

const numbers = (raw: unknown): ReadValue =>
  typeof raw === 'number' && Number.isFinite(raw) ? good(raw) : bad('invalid_type', 'must be a number');

const days = (raw: unknown): ReadValue => {
  if (typeof raw !== 'string') return bad('invalid_type', 'must be a day, YYYY-MM-DD');
  return day().safeParse(raw).success
    ? good(raw)
    : bad('invalid_date', 'must be a day of the calendar, YYYY-MM-DD');
};

const instantForm = z.iso.datetime({ offset: true });
/** Any offset, up to milliseconds, which is what the service keeps: as it keeps them, in UTC. */
const instants = (raw: unknown): ReadValue => {
  if (typeof raw !== 'string') return bad('invalid_type', 'must be an instant');
  const isInstant = instantForm.safeParse(raw).success && !/\.\d{4,}/.test(raw);
  const time = isInstant ? new Date(raw) : undefined;
  const written = time !== undefined && !Number.isNaN(time.getTime()) ? time.toISOString() : '';
  return /^\d{4}-/.test(written)
    ? good(written)
    : bad('invalid_format', 'must be an instant such as 2026-11-24T09:30:00.000Z');
};

const booleans = (raw: unknown): ReadValue =>
  typeof raw === 'boolean' ? good(raw) : bad('invalid_type', 'must be true or false');

const readers: Record<FilterType, (raw: unknown, property: SearchProperty) => ReadValue> = {
  string: texts,
  choice: choices,
  id: ids,
  list: ids,
  amount: amounts,
  number: numbers,
  date: days,
  instant: instants,
  boolean: booleans,
};

/** A value as a condition holds it, or what is wrong with it. That of a custom property is what an invoice may carry. */
export const readFilterValue = (raw: unknown, property: SearchProperty): ReadValue => {
  const { custom } = property;
  if (custom === undefined || custom.type !== 'date') return readers[property.type](raw, property);
  const values = { [custom.name]: raw as Scalar };
  return faultsOfCustomProperties(values, [custom]).length === 0
    ? good(raw as string)
    : bad('invalid_date', 'must be a day of the calendar, YYYY-MM-DD');
};
