import * as z from 'zod';

/**
 * The secrets behind links and cursors, each at least 32 random bytes in base64. A link's token names the version of
 * the secret that made it: a new version takes over without breaking links, retiring one ends its links (LINK-2).
 */
export const secretsSchema = z.object({
  links: z.object({ current: z.int().min(1).max(255), secrets: z.record(z.string(), z.base64().min(43)) }),
  cursors: z.base64().min(43),
});
export type Secrets = z.infer<typeof secretsSchema>;
