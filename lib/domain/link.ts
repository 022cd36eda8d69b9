import * as z from 'zod';

/** A buyer's link to an invoice (LINK). The token that opens it is made from its ids and a secret, and never stored. */
export const storedLink = z.object({
  id: z.string(),
  accountId: z.string(),
  invoiceId: z.string(),
  slug: z.string(),
  recipient: z.string().optional(),
  expiresAt: z.string().optional(),
  revokedAt: z.string().optional(),
  lastOpenedAt: z.string().optional(),
  /** Made in place of the revoked link of its invoice, and not asked for by anybody yet. */
  standIn: z.boolean().optional(),
  createdAt: z.string(),
  revision: z.number(),
});
export type Link = z.infer<typeof storedLink>;

/** Whether the link opens its invoice at `now` (ISO 8601). */
export const isLive = (link: Link, now: string): boolean =>
  link.revokedAt === undefined && (link.expiresAt === undefined || now < link.expiresAt);

/** What a link is made with. */
export type LinkTerms = { recipient?: string | undefined; expiresAt?: string | undefined };

/** Whether the link that came in place of a revoked one is what somebody asks for who wants a link for anybody. */
export const answersTo = (link: Link, { recipient, expiresAt }: LinkTerms, now: string): boolean =>
  link.standIn === true && isLive(link, now) && recipient === undefined && expiresAt === undefined;

/** A new link of a finalized invoice. */
export const newLink = (
  id: string,
  invoice: { accountId: string; id: string; slug?: string | undefined; number: string },
  createdAt: string,
  more: LinkTerms & Pick<Link, 'standIn'> = {},
): Link => ({
  ...{ id, accountId: invoice.accountId, invoiceId: invoice.id, slug: slugOf(invoice) },
  ...{ ...more, createdAt, revision: 0 },
});

/** The slug of an invoice's link: the chosen one, else the number in a form that an address takes (LINK-1). */
export const slugOf = (invoice: { slug?: string | undefined; number: string }): string => {
  if (invoice.slug !== undefined) return invoice.slug;
  const made = invoice.number
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return made === 'pdf' || made === 'checkout' || made === '' ? `invoice-${made}` : made;
};
