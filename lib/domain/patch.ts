import * as z from 'zod';

/** JSON Merge Patch (RFC 7396) on documents that zod schemas describe. */

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `target` with `patch` merged in: null removes, objects merge, all else (arrays too) replaces. */
export const mergePatch = (target: unknown, patch: unknown): unknown => {
  if (!isObject(patch)) return patch;
  const merged: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
};

/** Deeply without null and undefined: in a POST, and inside arrays, null is as if absent. */
export const withoutNulls = <T>(value: T): NoNulls<T> => {
  if (Array.isArray(value)) return value.map(withoutNulls) as NoNulls<T>;
  if (!isObject(value)) return value as NoNulls<T>;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  ) as NoNulls<T>;
};

export type NoNulls<T> = T extends (infer U)[]
  ? NoNulls<U>[]
  : T extends Record<string, unknown>
    ? { [K in keyof T]: NoNulls<Exclude<T[K], null>> }
    : Exclude<T, null>;

const unwrapped = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;

const patchable = (schema: z.ZodType): z.ZodType => {
  const inner = unwrapped(schema);
  return (inner instanceof z.ZodObject ? z.strictObject(patchShape(inner.shape)) : inner)
    .nullable()
    .optional();
};
const patchShape = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, patchable(schema as z.ZodType)]));

/**
 * The schema of a merge patch of a document: every property may be absent or null, nested objects may be given
 * in part. What only the whole can show (an end before its start) is seen when the merged document is parsed.
 */
export const patchOf = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(
    patchShape(shape) as {
      [K in keyof S]: z.ZodOptional<z.ZodNullable<z.ZodType<PatchValue<z.infer<S[K]>>>>>;
    },
  );

type PatchValue<T> =
  NonNullable<T> extends readonly unknown[]
    ? NonNullable<T>
    : NonNullable<T> extends Record<string, unknown>
      ? { [K in keyof NonNullable<T>]?: PatchValue<NonNullable<T>[K]> | null }
      : NonNullable<T>;
