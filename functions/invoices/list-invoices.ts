import { handle } from '#functions/http/handler.ts';
import { findPage } from '#functions/search/find-page.ts';
import { searchOf } from '#functions/search/list-query.ts';
import { listInvoices } from './contract.ts';

/** A parameter is faulty as a whole, but for the JSON of `filterGroups`, which has places of its own. */
const parameterOf = (pointer: string): string =>
  `/query${pointer.startsWith('/filterGroups') ? pointer : pointer.replace(/^(\/\w+)\/.*$/, '$1')}`;

export const handler = handle(listInvoices, {
  run: async (request) => {
    const { body, beside } = searchOf(request.query);
    return { result: await findPage(request, body, { pointerOf: parameterOf, beside }) };
  },
});
