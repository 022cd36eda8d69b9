import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { getItem } from '#lib/data/table.ts';
import { getHealth } from './contract.ts';

export const handler = handle(getHealth, {
  run: async () => {
    await getItem(table(), { pk: 'HEALTH', sk: 'HEALTH' });
    return { result: { status: 'ok' as const } };
  },
});
