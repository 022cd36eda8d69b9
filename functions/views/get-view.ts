import { handle } from '#functions/http/handler.ts';
import { getView } from './contract.ts';
import { loadView, showView } from './load-view.ts';

export const handler = handle(getView, {
  run: async ({ caller, params }) => {
    const view = await loadView(caller.accountId, caller.actor.id, params.viewId);
    return { result: showView(view), version: view.version };
  },
});
