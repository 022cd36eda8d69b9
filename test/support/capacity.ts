import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { table } from '#functions/wiring/table.ts';
import { beforeTransaction } from './transaction-capacity.ts';

/** What the handlers of this process (see in-process.ts) ask of the table, and what it costs. */
export type TableCall = { command: string; units: number };
/** Read and write capacity units. */
export type Capacity = { read: number; write: number };

type Consumed = { CapacityUnits?: number | undefined };
type Output = { ConsumedCapacity?: Consumed | Consumed[] | undefined };
type Seen = (call: { command: string; input: object }, go: () => Promise<Output>) => Promise<Output>;

const watching = async (run: () => Promise<unknown>, seen: Seen): Promise<void> => {
  const { middlewareStack } = table().client;
  middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      let result: Awaited<ReturnType<typeof next>> | undefined;
      await seen({ command: String(context.commandName), input: args.input }, async () => {
        result = await next(args);
        return result.output as Output;
      });
      if (result === undefined) throw new Error('the call was not made');
      return result;
    },
    { step: 'initialize', name: 'capacity', override: true },
  );
  try {
    await run();
  } finally {
    middlewareStack.remove('capacity');
  }
};

const unitsIn = (output: Output): number =>
  [output.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);

/** The calls that a run makes to the table, in their order, with the capacity units that each consumed. */
export const tableCallsOf = async (run: () => Promise<unknown>): Promise<TableCall[]> => {
  const calls: TableCall[] = [];
  await watching(run, async ({ command }, go) => {
    const output = await go();
    calls.push({ command, units: unitsIn(output) });
    return output;
  });
  return calls;
};

export const unitsOf = (calls: readonly TableCall[]): number =>
  calls.reduce((sum, { units }) => sum + units, 0);

/** The capacity that a run consumes, of the table and its indexes; each write of a transaction counts. */
export const capacityOf = async (run: () => Promise<unknown>): Promise<Capacity> => {
  const sum = { read: 0, write: 0 };
  await watching(run, async ({ command, input }, go) => {
    if (command !== 'TransactWriteItemsCommand') {
      const output = await go();
      sum[/^(Get|BatchGet|Query)/.test(command) ? 'read' : 'write'] += unitsIn(output);
      return output;
    }
    const writes = structuredClone((input as TransactWriteCommandInput).TransactItems ?? []);
    const replay = await beforeTransaction(table().name, writes);
    const output = await go();
    const { read, write } = await replay();
    sum.read += read;
    sum.write += write;
    return output;
  });
  return sum;
};
