import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { pageQuery } from '#functions/http/lists.ts';
import { id, instant } from '#lib/domain/fields.ts';

const tag = 'Numbering';
const read = { kind: 'account', permissions: ['invoices.read'] } as const;

const numbering = z
  .object({
    prefix: z.string(),
    width: z.int(),
    next: z.string().meta({ description: 'The next number, as it would be written.' }),
  })
  .meta({ id: 'Numbering' });

export const getNumbering = defineAction({
  name: 'get-numbering',
  method: 'GET',
  path: '/v1/numbering',
  tag,
  summary: 'The prefix, the width and the next number',
  access: read,
  status: 200,
  result: numbering,
  uses: ['table:read', 'identity'],
});

export const auditNumbering = defineAction({
  name: 'audit-numbering',
  method: 'GET',
  path: '/v1/numbering/audit',
  tag,
  summary: 'Every number ever given: the invoice that bears it, or who deleted it, when and why',
  description:
    'By runs between resets, in the order of the numbers. `gaps` names numbers that nothing accounts for: there are none.',
  access: read,
  query: pageQuery,
  status: 200,
  result: z.object({
    runs: z.array(z.object({ run: z.int(), start: z.string(), last: z.string().nullable() })),
    data: z.array(
      z.object({
        run: z.int(),
        number: z.string(),
        invoiceId: id('inv'),
        status: z.enum(['issued', 'deleted']),
        deletedAt: instant().optional(),
        deletedBy: z
          .object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() })
          .optional(),
        reason: z.string().optional(),
      }),
    ),
    gaps: z.array(z.object({ run: z.int(), from: z.int(), to: z.int() })),
    nextCursor: z.string().nullable(),
  }),
  uses: ['table:read', 'secrets', 'identity'],
});

export const resetNumbering = defineAction({
  name: 'reset-numbering',
  method: 'POST',
  path: '/v1/numbering/reset',
  tag,
  summary: 'Begin a new run of numbers, while the account has no invoice at all',
  description: 'A number of an earlier run may then come again; the audit shows both.',
  access: { kind: 'account', permissions: ['settings.write'] },
  body: z.strictObject({ start: z.int().min(1).max(1_000_000_000_000) }),
  status: 200,
  result: numbering,
  refusals: ['invoices_exist'],
  uses: ['table:read', 'table:lists', 'table:write', 'identity'],
  example: { start: 1 },
});
