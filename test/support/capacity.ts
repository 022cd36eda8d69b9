import { table } from '#functions/wiring/table.ts';

/** What the handlers of this process (see in-process.ts) ask of the table, and what it costs. */
export type TableCall = { command: string; units: number };

type Consumed = { CapacityUnits?: number | undefined };
type Output = { ConsumedCapacity?: Consumed | Consumed[] | undefined };

/** The calls that a run makes to the table, in their order, with the capacity units that each consumed. */
export const tableCallsOf = async (run: () => Promise<unknown>): Promise<TableCall[]> => {
  const calls: TableCall[] = [];
  const { middlewareStack } = table().client;
  middlewareStack.add(
    (next, context) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const consumed = [(result.output as Output).ConsumedCapacity ?? []].flat();
      const units = consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      calls.push({ command: String(context.commandName), units });
      return result;
    },
    { step: 'initialize', name: 'capacity', override: true },
  );
  try {
    await run();
  } finally {
    middlewareStack.remove('capacity');
  }
  return calls;
};

export const unitsOf = (calls: readonly TableCall[]): number =>
  calls.reduce((sum, { units }) => sum + units, 0);
