import type * as z from 'zod';

/** What is wrong with a value, in words that go on from its name, whatever language a schema's library speaks. */

type Issue = z.core.$ZodIssue;

const kinds: Partial<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const counted: Partial<Record<string, [one: string, many: string]>> = {
  string: [' character', ' characters'],
  array: [' item', ' items'],
  set: [' item', ' items'],
};

/** How many, of what: `1 item`, `200 characters`, `5`. */
const amountOf = (origin: string, bound: number | bigint): string => {
  const [one, many] = counted[origin] ?? ['', ''];
  return `${bound}${Number(bound) === 1 ? one : many}`;
};

const atMost = ({ origin, maximum, inclusive = true }: z.core.$ZodIssueTooBig): string => {
  const bound = amountOf(origin, maximum);
  if (origin in counted) return `must have at most ${bound}`;
  return inclusive ? `must be at most ${bound}` : `must be below ${bound}`;
};

const atLeast = ({ origin, minimum, inclusive = true }: z.core.$ZodIssueTooSmall): string => {
  const bound = amountOf(origin, minimum);
  if (origin in counted) return `must have at least ${bound}`;
  return inclusive ? `must be at least ${bound}` : `must be above ${bound}`;
};

/** Longer lists of codes are in the documentation. */
const mostChoices = 20;

const oneOf = (values: readonly unknown[]): string => {
  if (values.length === 1) return `must be ${values[0]}`;
  const shown = values.slice(0, mostChoices).join(', ');
  return `must be one of ${shown}${values.length > mostChoices ? ', … (see /docs)' : ''}`;
};

/** Whether a value is missing. Null is as if absent, in a choice from a list too. */
export const isAbsent = ({ code, input }: Issue): boolean =>
  input == null && (code === 'invalid_type' || code === 'invalid_value');

/** The words for a fault; those of a schema of ours are its own. */
export const detailOf = (issue: Issue): string => {
  if (issue.code === 'custom') return issue.message;
  if (isAbsent(issue)) return 'is required';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_big':
      return atMost(issue);
    case 'too_small':
      return atLeast(issue);
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return `has not the form of ${issue.format === 'datetime' ? 'an instant, 2026-11-24T09:30:00.000Z' : issue.format}`;
    default:
      return 'has none of the forms that it can have';
  }
};
