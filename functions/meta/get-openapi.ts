import { handle } from '#functions/http/handler.ts';
import { openApiDocument } from '#functions/openapi/document.ts';
import { deployment } from '#functions/wiring/deployment.ts';
import { once } from '#functions/wiring/environment.ts';
import { getOpenApi } from './contract.ts';

const body = once(() => JSON.stringify(openApiDocument({ baseUrl: deployment().baseUrl })));

export const handler = handle(getOpenApi, {
  run: async () => ({ raw: { body: body(), headers: { 'cache-control': 'public, max-age=300' } } }),
});
