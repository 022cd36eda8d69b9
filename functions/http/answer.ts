import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import type { Contract } from './contract.ts';

type Answer = {
  status: number;
  result?: unknown;
  version?: number | undefined;
  headers?: Record<string, string> | undefined;
  raw?: APIGatewayProxyStructuredResultV2 | undefined;
};

/** An answer by its contract. What the schema does not name does not go out; what it promises must be there. */
export const jsonAnswer = (contract: Contract, answer: Answer): APIGatewayProxyStructuredResultV2 => {
  const { status, result, version, headers, raw } = answer;
  const shared = {
    'cache-control': 'no-store',
    ...(version !== undefined && contract.versioned && { etag: `"${version}"` }),
    ...headers,
  };
  if (raw !== undefined)
    return {
      statusCode: status,
      ...raw,
      headers: { 'content-type': 'application/json', ...shared, ...raw.headers },
    };
  if (!(contract.result instanceof z.ZodType)) return { statusCode: status, headers: shared };
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...shared },
    body: JSON.stringify(contract.result.parse(result)),
  };
};

/** Every property of an answer that the value lacks, as null: an answer always shows them all. */
export const shown = <S extends z.ZodObject>(schema: S, value: object): z.output<S> =>
  Object.fromEntries(
    Object.entries(schema.shape).map(([key, inner]) => [
      key,
      shownValue(inner as z.ZodType, value[key as keyof typeof value]),
    ]),
  ) as z.output<S>;

const shownValue = (schema: z.ZodType, value: unknown): unknown => {
  // What is optional in an answer is there only sometimes: it stays away.
  if (schema instanceof z.ZodOptional && value === undefined) return undefined;
  if (value === undefined || value === null) return null;
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return shownValue(schema.unwrap() as z.ZodType, value);
  if (schema instanceof z.ZodObject && typeof value === 'object') return shown(schema, value);
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((item) => shownValue(schema.element as z.ZodType, item));
  return value;
};
