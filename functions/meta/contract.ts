import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';

const tag = 'Service';
const open = { tag, access: { kind: 'public' }, method: 'GET', status: 200, uses: [] } as const;

export const getOpenApi = defineAction({
  ...open,
  name: 'get-openapi',
  path: '/openapi.json',
  summary: 'This contract as OpenAPI 3.1',
  result: z.looseObject({ openapi: z.string() }),
});

export const getDocs = defineAction({
  ...open,
  name: 'get-docs',
  path: '/docs',
  summary: 'This contract as a page to read',
  result: 'html',
});

export const getHealth = defineAction({
  ...open,
  name: 'get-health',
  path: '/health',
  summary: 'Whether the service can reach its table',
  result: z.object({ status: z.literal('ok') }),
  uses: ['table:read'],
});
