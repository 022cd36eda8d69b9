import { table } from '#functions/wiring/table.ts';
import { outsideFunctions } from '#infra/local/recorded-calls.ts';

/**
 * Puts something between what a handler of this process (see in-process.ts) has read and what it writes: `meanwhile`
 * runs right before its next transaction goes out, once.
 */
export const beforeNextWrite = (meanwhile: () => Promise<unknown>): void => {
  const { middlewareStack } = table().client;
  const name = 'beforeNextWrite';
  middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === 'TransactWriteItemsCommand' && middlewareStack.remove(name))
        await outsideFunctions(meanwhile);
      return next(args);
    },
    { step: 'initialize', name, override: true },
  );
};

/** The same between the headers that a handler reads next and what it reads after them. */
export const afterNextHeaders = (meanwhile: () => Promise<unknown>): void => {
  const { middlewareStack } = table().client;
  const name = 'afterNextHeaders';
  middlewareStack.add(
    (next, context) => async (args) => {
      const isTheOne = context.commandName === 'BatchGetItemCommand' && middlewareStack.remove(name);
      const answer = await next(args);
      if (isTheOne) await outsideFunctions(meanwhile);
      return answer;
    },
    { step: 'initialize', name, override: true },
  );
};

/**
 * Ends a handler at its n-th transaction, counted from 1: before it goes out, or after it was written and before its
 * answer is seen. What the handler says then is nothing that a client of a crashed function would see.
 */
export const crashAtWrite = async (
  nth: number,
  moment: 'before' | 'after',
  run: () => Promise<unknown>,
): Promise<void> => {
  const { middlewareStack } = table().client;
  let writes = 0;
  middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return next(args);
      writes += 1;
      if (writes !== nth) return next(args);
      if (moment === 'after') await next(args);
      throw new Error(`crashed ${moment} write ${nth}`);
    },
    { step: 'initialize', name: 'crashAtWrite', override: true },
  );
  try {
    await run();
  } finally {
    middlewareStack.remove('crashAtWrite');
  }
  if (writes < nth) throw new Error(`there were ${writes} writes only`);
};
