import { createBell } from './bell.ts';
import { lambdaContext } from './lambda-context.ts';

/** Runs a function again and again, as a schedule does; sooner than in a deployment, for whoever watches. */
export function startClock(options: {
  name: string;
  everySeconds: number;
  budgetMs: number;
  handler: (event: unknown, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const bell = createBell();
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      await bell.sleep(options.everySeconds * 1_000);
      if (stopped) return;
      await options.handler({}, lambdaContext(options.name, options.budgetMs)).catch(options.onError);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      bell.ring();
      await loop;
    },
  };
}
