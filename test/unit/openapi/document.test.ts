import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { actions } from '#functions/actions.ts';
import type { Contract } from '#functions/http/contract.ts';
import { problems } from '#functions/http/problems.ts';
import { openApiDocument } from '#functions/openapi/document.ts';
import { refusalsOf } from '#functions/openapi/refusals-of.ts';
import type { JsonSchema, Operation, Response } from '#functions/openapi/types.ts';
import { refusalCodes } from '#lib/domain/refusal.ts';

const document = openApiDocument({ baseUrl: 'https://api.example.com' });
/** As a client receives it: what JSON can’t say is gone. */
const received = JSON.parse(JSON.stringify(document));

const contracts: readonly Contract[] = actions;
const operationOf = ({ path, method }: Contract): Operation | undefined =>
  document.paths[path]?.[method.toLowerCase()];

const responseOf = (response: Response | { $ref: string } | undefined): Response | undefined =>
  response !== undefined && '$ref' in response
    ? document.components.responses[response.$ref.split('/').at(-1) ?? '']
    : response;

const codesOf = (operation: Operation): string[] =>
  Object.values(operation.responses).flatMap((response) => {
    const problem = responseOf(response)?.content?.['application/problem+json'];
    return (problem?.schema?.properties?.code?.enum ?? []).map(String);
  });

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
ajvFormats.default(ajv);
ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/);
ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'components']);
ajv.addSchema(received, 'document');

/** The pointer of everything in the document that is a schema. */
const schemaPointers = (): string[] => {
  const found: string[] = [];
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (key === 'schema') found.push(at);
      else if (pointer.endsWith('/schemas')) found.push(at);
      else if (key !== 'examples' && key !== 'example') walk(inner, at);
    }
  };
  walk(received, '');
  return found;
};

const compiled = (pointer: string) => ajv.compile({ $ref: `document#${encodeURI(pointer)}` });

describe('the OpenAPI document', () => {
  it('API-5: is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(received));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('API-5: has only schemas that are valid JSON Schema 2020-12', () => {
    const pointers = schemaPointers();
    expect(pointers.length).toBeGreaterThan(actions.length);
    for (const pointer of pointers) expect(compiled(pointer), pointer).toBeTypeOf('function');
  });

  it('API-5: describes every action under the name of its contract', () => {
    const named = contracts.map((contract) => [contract.name, operationOf(contract)?.operationId]);
    expect(named).toEqual(contracts.map(({ name }) => [name, name]));
    const count = Object.values(document.paths).flatMap((methods) => Object.keys(methods)).length;
    expect(count).toBe(contracts.length);
  });

  it('API-5: has every refusal of every action, under its status', () => {
    for (const contract of contracts) {
      const operation = operationOf(contract) as Operation;
      expect(codesOf(operation).toSorted(), contract.name).toEqual(
        [...refusalsOf(contract), 'internal_error'].toSorted(),
      );
      for (const code of refusalsOf(contract))
        expect(Object.keys(operation.responses), `${contract.name} ${code}`).toContain(
          String(problems[code].status),
        );
    }
  });

  it('API-5: names every code that there is', () => {
    expect(document.components.schemas.Problem?.properties?.code?.enum).toEqual(
      expect.arrayContaining([...refusalCodes]),
    );
  });

  it('API-5: says which permissions open an action', () => {
    for (const contract of contracts) {
      const { access } = contract;
      const operation = operationOf(contract) as Operation;
      const needed = access.kind === 'account' ? access.permissions : [];
      expect(operation['x-permissions'], contract.name).toEqual(needed);
      const isOpen = access.kind === 'public' || access.kind === 'link';
      expect(operation.security.length === 0, contract.name).toBe(isOpen);
      for (const permission of needed)
        expect(responseOf(operation.responses[403])?.description, contract.name).toContain(permission);
    }
  });

  it('API-5: has each part of a path as a parameter, and each header that acts', () => {
    for (const contract of contracts) {
      const { parameters = [] } = operationOf(contract) as Operation;
      const inPath = parameters.flatMap((one) => ('in' in one && one.in === 'path' ? [one.name] : []));
      const expected = [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath, contract.name).toEqual(expected);
    }
    const refs = (name: string) =>
      JSON.stringify(operationOf(contracts.find((one) => one.name === name) as Contract)?.parameters);
    expect(refs('create-invoice')).toContain('IdempotencyKey');
    expect(refs('create-invoice')).not.toContain('IfMatch');
    expect(refs('update-invoice')).toContain('IfMatch');
    expect(refs('update-invoice')).not.toContain('IdempotencyKey');
    expect(refs('finalize-invoice')).toContain('IfMatch');
  });
});

describe('the examples', () => {
  const withExample = contracts.filter(({ body }) => body !== undefined);

  it('API-5: are there for every body, and each is a body that the action takes', () => {
    for (const { name, body, example } of withExample) {
      expect(example, name).toBeDefined();
      expect(() => (body as z.ZodType).parse(example), name).not.toThrow();
    }
  });

  it('API-5: of requests and answers agree with their schemas', () => {
    const check = (pointer: string, value: unknown): void => {
      const validate = compiled(pointer);
      validate(JSON.parse(JSON.stringify(value)));
      expect(validate.errors, `${pointer} ${JSON.stringify(value)}`).toBeNull();
    };
    for (const contract of contracts) {
      const { path, method, status, name, example } = contract;
      const at = `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}`;
      if (example !== undefined) check(`${at}/requestBody/content/application~1json/schema`, example);
      const answer = responseOf(operationOf(contract)?.responses[status])?.content?.['application/json'];
      if (answer?.example !== undefined)
        check(`${at}/responses/${status}/content/application~1json/schema`, answer.example);
      else if (contract.result instanceof z.ZodType && name !== 'get-openapi')
        expect(answer?.examples?.example, name).toBeDefined();
    }
    for (const [name, { value }] of Object.entries(document.components.examples))
      check(`/components/schemas/${name}`, value);
  });
});

describe('the limits', () => {
  const body = (name: string): JsonSchema => document.components.schemas[name] ?? {};
  const invoice = body('CreateInvoiceRequest').properties ?? {};

  it('API-8: of texts are in the document', () => {
    expect(invoice.title?.maxLength).toBe(200);
    for (const name of ['comments', 'terms', 'internalNote'])
      expect(invoice[name]?.maxLength, name).toBe(5_000);
    expect(invoice.notes?.items?.properties?.text?.maxLength).toBe(5_000);
    expect(body('SendInvoiceRequest').properties?.intro?.maxLength).toBe(5_000);
    expect(body('UpdateSettingsRequest').properties?.seller?.properties?.legalMentions?.maxLength).toBe(
      5_000,
    );
  });

  it('API-8: of lists are in the document', () => {
    for (const name of ['discounts', 'fees', 'notes', 'precedingInvoices'])
      expect(invoice[name]?.maxItems, name).toBe(20);
    for (const name of ['contactIds', 'companyIds']) expect(invoice[name]?.maxItems, name).toBe(50);
  });

  it('API-8: of amounts are in the document', () => {
    const price = new RegExp(invoice.lineItems?.items?.properties?.unitPrice?.pattern ?? '');
    expect(price.test('9'.repeat(15))).toBe(true);
    expect(price.test('9'.repeat(16))).toBe(false);
  });

  it('API-8: of every text that a client writes are in the document', () => {
    const isBounded = ({
      type,
      maxLength,
      pattern,
      format,
      enum: values,
      const: value,
    }: JsonSchema): boolean =>
      ![type].flat().includes('string') ||
      [maxLength, pattern, format, values, value].some((limit) => limit !== undefined);
    const unbounded: string[] = [];
    const walk = (schema: JsonSchema, place: string): void => {
      if (!isBounded(schema)) unbounded.push(place);
      for (const [name, inner] of Object.entries(schema.properties ?? {})) walk(inner, `${place}/${name}`);
      for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(inner, place);
      if (schema.items !== undefined) walk(schema.items, place);
    };
    for (const name of Object.keys(document.components.schemas).filter((one) => one.endsWith('Request')))
      walk(body(name), name);
    expect(unbounded).toEqual([]);
  });
});
