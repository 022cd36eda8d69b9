import { handle } from '#functions/http/handler.ts';
import { putRecord } from '#lib/data/collection.ts';
import { views } from '#lib/data/collections.ts';
import { checkedSearch } from './checked-search.ts';
import { createView } from './contract.ts';
import { findView, showView } from './load-view.ts';

export const handler = handle(createView, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const { name, shared, ...search } = body;
    const { accountId, actor } = caller;
    const parts = await checkedSearch(accountId, search);
    const id = newId('viw');
    const writes = transaction({ viewId: id });
    const view = putRecord(writes, views, undefined, {
      ...{ id, accountId, version: 1, revision: 0, name, shared: shared ?? false, ...parts },
      ...{ createdAt: now, createdBy: actor, updatedAt: now },
    });
    await writes.commit();
    return { result: showView(view), version: view.version };
  },
  replay: async ({ viewId = '' }, { caller }) => {
    const view = await findView(caller.accountId, caller.actor.id, viewId);
    return view && { result: showView(view), version: view.version };
  },
});
