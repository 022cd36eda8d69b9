import { handle } from '#functions/http/handler.ts';
import { deleteRecord } from '#lib/data/collection.ts';
import { views } from '#lib/data/collections.ts';
import { deleteView } from './contract.ts';
import { viewToChange } from './load-view.ts';

export const handler = handle(deleteView, {
  run: async (request) => {
    const view = await viewToChange(request);
    const writes = request.transaction();
    deleteRecord(writes, views, view);
    await writes.commit();
    return {};
  },
});
