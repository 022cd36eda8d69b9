/** The part of OpenAPI 3.1 and JSON Schema 2020-12 that our document is made of. */

export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  propertyNames?: JsonSchema;
  maxProperties?: number;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
};

export type Reference = { $ref: string };

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: JsonSchema;
  example?: string;
};

export type MediaType = {
  schema?: JsonSchema;
  example?: unknown;
  examples?: Record<string, Reference>;
};

export type RequestBody = { description?: string; required: boolean; content: Record<string, MediaType> };

export type Header = { description: string; required?: boolean; schema: JsonSchema };

export type Response = {
  description: string;
  headers?: Record<string, Reference | Header>;
  content?: Record<string, MediaType>;
};

export type Operation = {
  operationId: string;
  tags: [string];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  /** Permissions of which any one is enough; none for what needs no account. */
  'x-permissions': readonly string[];
  /** All of the permissions are needed; else one of them is enough. */
  'x-every-permission'?: boolean;
  /** Who may call it at all. */
  'x-access': 'public' | 'link' | 'signed_in' | 'account';
  parameters?: (Parameter | Reference)[];
  requestBody?: RequestBody;
  responses: Record<string, Response | Reference>;
};

export type OpenApiDocument = {
  openapi: '3.1.1';
  info: { title: string; version: string; summary: string; description: string; license: object };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    examples: Record<string, { value: unknown }>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    responses: Record<string, Response>;
    securitySchemes: Record<string, object>;
  };
};

/** The last part of a reference: the name of what it refers to. */
export const referredName = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
