import type * as z from 'zod';
import { type Fault, Refusal, type RefusalCode, refusalCodes } from '#lib/domain/refusal.ts';
import { detailOf, isAbsent } from './fault-detail.ts';

/** What a schema found wrong, as faults with JSON Pointers (RFC 6901) and codes of ours. */

/** Longer names are none of ours: cut, so that an answer can't outgrow what a Lambda may give back. */
const longestName = 500;
const escaped = (segment: PropertyKey): string => {
  const name = String(segment);
  const shown = name.length > longestName ? `${name.slice(0, longestName)}…` : name;
  return shown.replaceAll('~', '~0').replaceAll('/', '~1');
};
/** The JSON Pointer of a place under `root`. */
export const pointerOf = (root: string, path: readonly PropertyKey[]): string =>
  `${root}${path.map((segment) => `/${escaped(segment)}`).join('')}`;

type Issue = z.core.$ZodIssue;
const codes: Partial<Record<Issue['code'], string>> = {
  invalid_type: 'invalid_type',
  too_big: 'too_large',
  too_small: 'too_small',
  invalid_format: 'invalid_format',
  invalid_value: 'invalid_value',
  invalid_key: 'invalid_name',
};

const codeOf = (issue: Issue): string => {
  if (issue.code === 'custom') return String(issue.params?.code ?? 'invalid_value');
  if (isAbsent(issue)) return 'required';
  return codes[issue.code] ?? 'invalid_value';
};

const faultsOfIssue = (issue: Issue, root: string): Fault[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerOf(root, [...issue.path, key]),
      code: 'unknown_field',
      detail: 'is not a field of this request',
    }));
  if (issue.code === 'invalid_key')
    return issue.issues.map((inner) => ({
      pointer: pointerOf(root, issue.path),
      code: codeOf(inner),
      detail: detailOf(inner),
    }));
  // A union none of whose members fits: the faults of the one that came closest say more than "invalid".
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [closest] = [...issue.errors].sort((left, right) => left.length - right.length);
    if (closest !== undefined && closest.length > 0)
      return closest.flatMap((inner) =>
        faultsOfIssue({ ...inner, path: [...issue.path, ...inner.path] }, root),
      );
  }
  return [{ pointer: pointerOf(root, issue.path), code: codeOf(issue), detail: detailOf(issue) }];
};

/** Faults with one pointer and code stand once; a body has no more than 1,000 named. */
export const faultsOf = (error: z.ZodError, root = ''): Fault[] => {
  const faults = error.issues.flatMap((issue) => faultsOfIssue(issue, root));
  const seen = new Map(faults.map((fault) => [`${fault.pointer} ${fault.code}`, fault]));
  return [...seen.values()].slice(0, 1_000);
};

const isRefusalCode = (code: string): code is RefusalCode =>
  (refusalCodes as readonly string[]).includes(code);

/** The refusal of a request with these faults. A fault that has a refusal's own code (too_many_lines) gives it. */
export const refusalOfFaults = (faults: readonly Fault[]): Refusal => {
  const own = faults.map(({ code }) => code).find(isRefusalCode);
  return new Refusal(own ?? 'invalid_request', { errors: faults });
};

/** @throws Refusal with every fault that the schema finds */
export const parseOrRefuse = <S extends z.ZodType>(schema: S, value: unknown, root = ''): z.output<S> => {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw refusalOfFaults(faultsOf(parsed.error, root));
};
