import { handle } from '#functions/http/handler.ts';
import { openApiDocument } from '#functions/openapi/document.ts';
import { docsHeaders, renderDocs } from '#functions/openapi/page/docs-page.tsx';
import { deployment } from '#functions/wiring/deployment.ts';
import { once } from '#functions/wiring/environment.ts';
import { getDocs } from './contract.ts';

const body = once(() => renderDocs(openApiDocument({ baseUrl: deployment().baseUrl })));

export const handler = handle(getDocs, {
  run: async () => ({ raw: { body: body(), headers: docsHeaders } }),
});
