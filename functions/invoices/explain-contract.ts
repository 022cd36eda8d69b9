import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { currency } from '#lib/domain/codes.ts';
import { stepNames, stepRoundings, stepRules } from '#lib/domain/explain-step.ts';
import { money } from '#lib/domain/fields.ts';

const explanation = z
  .object({
    currency: currency(),
    steps: z.array(
      z.object({
        step: z.enum(stepNames),
        rule: z.enum(stepRules),
        pointer: z.string(),
        label: z.string().nullable(),
        formula: z.string(),
        exact: z.string(),
        rounding: z.enum(stepRoundings),
        result: money(),
        note: z.string().nullable(),
      }),
    ),
    total: money(),
  })
  .meta({ id: 'Explanation' });

export const explainInvoice = defineAction({
  name: 'explain-invoice',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/explain',
  tag: 'Invoices',
  summary: 'How the amounts come about, step by step',
  description:
    'Each step can be followed with a calculator: its `formula` gives `exact`, which is rounded to `result`. A step that would say nothing is left out.',
  access: { kind: 'account', permissions: ['invoices.read'] },
  status: 200,
  result: explanation,
  uses: ['table:read', 'identity'],
});
