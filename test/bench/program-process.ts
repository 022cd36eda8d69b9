import { actions } from '#functions/actions.ts';
import { startGateway } from '#infra/local/gateway.ts';
import { handlerOf } from '#infra/local/handler-of.ts';
import { lambdaContext } from '#infra/local/lambda-context.ts';
import { watchMemory } from './memory.ts';
import type { Work, WorkDone } from './program.ts';

/**
 * The very handlers behind the local gateway, in a process of their own and on a table of their own. No worker runs but
 * when the parent says so: on AWS none would take an action's processor either. Stops when the parent lets go.
 */
const routes = await Promise.all(
  actions.map(async ({ name, method, path, folder }) => ({
    ...{ name, method, path },
    handler: await handlerOf(`#functions/${folder}/${name}.ts`),
  })),
);
const { baseUrl } = await startGateway({
  port: 0,
  routes,
  fallback: await handlerOf('#functions/meta/default-route.ts'),
  onError: (error, { routeKey }) => console.error(routeKey, error),
});
process.env.BASE_URL = baseUrl;

const bodyEvent = (body: string) => ({
  Records: [{ messageId: '0', body, eventSource: 'aws:sqs', attributes: { ApproximateReceiveCount: '1' } }],
});

const perform = async ({ worker, body }: Work): Promise<WorkDone> => {
  const handler = await handlerOf(`#functions/workers/${worker}.ts`);
  const memory = watchMemory();
  const started = performance.now();
  const { batchItemFailures } = await handler(bodyEvent(body), lambdaContext(worker, 600_000));
  const milliseconds = performance.now() - started;
  if (batchItemFailures.length > 0) throw new Error(`${worker} gave its message back`);
  return { milliseconds, ...memory.stop() };
};

process.on('message', (work: Work) => {
  perform(work).then(
    (done) => process.send?.({ done }),
    (error) => process.send?.({ failed: String(error?.stack ?? error) }),
  );
});
process.once('disconnect', () => process.exit(0));
process.send?.({ baseUrl });
