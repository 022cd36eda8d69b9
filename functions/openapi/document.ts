import { actions } from '#functions/actions.ts';
import type { Contract } from '#functions/http/contract.ts';
import { problemDocument } from '#functions/http/problems.ts';
import { answerSeeds } from './examples.ts';
import { introductionText } from './introduction.ts';
import { bodyName } from './names.ts';
import { operationOf } from './operation.ts';
import { sharedResponses } from './responses.ts';
import { type SampleSource, sampleOf } from './sample.ts';
import { type Schemas, schemasOf } from './schemas.ts';
import { headers, parameters, securitySchemes } from './shared-components.ts';
import {
  type JsonSchema,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  referredName,
} from './types.ts';

/** The OpenAPI 3.1 document, made from the contracts that validate the requests (API-5). */

const exampleOf = (contract: Contract, schema: JsonSchema | undefined, source: SampleSource): MediaType => {
  if (schema === undefined || contract.name === 'get-openapi') return {};
  const seed = source.seeds[contract.name];
  if (schema.$ref !== undefined && seed === undefined) {
    const example = { $ref: `#/components/examples/${referredName(schema.$ref)}` };
    return { examples: { example } };
  }
  const written = contract.method === 'POST' ? contract.example : undefined;
  return { example: sampleOf(schema, seed ?? written, source) };
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A collection before what is in it, reading before writing. */
const sortedByRoute = (contracts: readonly Contract[]): Contract[] =>
  [...contracts].sort((left, right) =>
    left.path === right.path
      ? methods.indexOf(left.method) - methods.indexOf(right.method)
      : left.path < right.path
        ? -1
        : 1,
  );

const pathsOf = (schemas: Schemas, source: SampleSource): OpenApiDocument['paths'] => {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const contract of sortedByRoute(actions)) {
    const { name, path, method } = contract;
    const { [name]: query } = schemas.queries;
    const { [name]: body } = schemas.bodies;
    const { [name]: result } = schemas.results;
    const made = { ...(query && { query }), ...(body && { body }), ...(result && { result }) };
    const operation = operationOf(contract, made, exampleOf(contract, result, source));
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return paths;
};

const componentsOf = (schemas: Schemas, source: SampleSource): OpenApiDocument['components'] => {
  const bodies = Object.entries(schemas.bodies).map(([name, schema]) => [bodyName(name), schema]);
  const examples = Object.entries(schemas.components)
    .filter(([name]) => name !== 'Problem')
    .map(([name, schema]) => [name, { value: sampleOf(schema, source.seeds[name], source) }]);
  return {
    schemas: { ...schemas.components, ...Object.fromEntries(bodies) },
    examples: Object.fromEntries(examples),
    parameters,
    headers,
    responses: sharedResponses,
    securitySchemes,
  };
};

const build = (baseUrl: string): OpenApiDocument => {
  const schemas = schemasOf(actions, { problem: problemDocument });
  const source: SampleSource = { components: schemas.components, seeds: answerSeeds };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Quittance API',
      version: '1.0.0',
      summary:
        'Invoices with numbers that have no gaps, amounts that add up and a history that misses nothing.',
      description: introductionText,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: baseUrl }],
    tags: [...new Set(actions.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(schemas, source),
    components: componentsOf(schemas, source),
  };
};

const documents = new Map<string, OpenApiDocument>();

/** The document for a service at `baseUrl`, made once. */
export const openApiDocument = ({ baseUrl }: { baseUrl: string }): OpenApiDocument => {
  const known = documents.get(baseUrl);
  if (known !== undefined) return known;
  const made = build(baseUrl);
  documents.set(baseUrl, made);
  return made;
};
