import * as z from 'zod';

/** Who did something. A buyer has no id; the system neither id nor name. */
export const actor = z.object({
  type: z.enum(['member', 'apiKey', 'buyer', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type Actor = z.infer<typeof actor>;

/** The service itself: workers, schedules, the provider's messages. */
export const system: Actor = { type: 'system', id: null, name: null };
