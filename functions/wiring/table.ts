import * as z from 'zod';
import { tableAt } from '#lib/data/table.ts';
import { fromEnvironment, once } from './environment.ts';

/** The one table. */
export const table = once(() => tableAt(fromEnvironment(z.object({ TABLE_NAME: z.string() })).TABLE_NAME));
