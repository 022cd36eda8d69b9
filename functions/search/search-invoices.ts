import { handle } from '#functions/http/handler.ts';
import { searchInvoices } from './contract.ts';
import { findPage } from './find-page.ts';

export const handler = handle(searchInvoices, {
  run: async (request) => ({ result: await findPage(request, request.body) }),
});
