import { handle } from '#functions/http/handler.ts';
import { putRecord } from '#lib/data/collection.ts';
import { views } from '#lib/data/collections.ts';
import { checkedSearch } from './checked-search.ts';
import { updateView } from './contract.ts';
import { showView, viewToChange } from './load-view.ts';

export const handler = handle(updateView, {
  run: async (request) => {
    const view = await viewToChange(request);
    const { name = view.name, shared = view.shared, ...search } = request.body;
    const checked = await checkedSearch(view.accountId, search);
    const writes = request.transaction();
    const next = putRecord(writes, views, view, {
      ...{ ...view, name, shared: shared ?? false },
      // What is not named stays as it is, even where it names a property that is gone meanwhile.
      filterGroups: search.filterGroups === undefined ? view.filterGroups : checked.filterGroups,
      sort: search.sort === undefined ? view.sort : checked.sort,
      columns: search.columns === undefined ? view.columns : checked.columns,
      ...{ version: view.version + 1, updatedAt: request.now },
    });
    await writes.commit();
    return { result: showView(next), version: next.version };
  },
});
