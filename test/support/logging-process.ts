import { actions } from '#functions/actions.ts';
import { workers } from '#functions/workers.ts';
import { startGateway } from '#infra/local/gateway.ts';
import { handlerOf } from '#infra/local/handler-of.ts';
import { lambdaContext } from '#infra/local/lambda-context.ts';

/**
 * The handlers once more, in a process of their own that logs all that they can log: what it writes to its standard
 * output and error is what a log group would hold. It runs with the environment that it is given. A worker runs with the event of each message `{ worker, event }`.
 */
const routes = await Promise.all(
  actions.map(async ({ name, method, path, folder }) => ({
    ...{ name, method, path },
    handler: await handlerOf(`#functions/${folder}/${name}.ts`),
  })),
);
const gateway = await startGateway({
  port: 0,
  routes,
  fallback: await handlerOf('#functions/meta/default-route.ts'),
  onError: () => process.exit(1),
});

process.on('message', async ({ worker, event }: { worker: string; event: unknown }) => {
  const known = workers.find(({ name }) => name === worker);
  if (known === undefined) throw new Error(`no worker is called ${worker}`);
  const handler = await handlerOf(`#functions/workers/${known.name}.ts`);
  process.send?.({ result: await handler(event, lambdaContext(worker, 30_000)) });
});
process.once('disconnect', () => process.exit(0));
process.send?.({ baseUrl: gateway.baseUrl });
