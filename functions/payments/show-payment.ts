import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import type { Payment } from '#lib/domain/payment.ts';
import { paymentAnswer } from './contract.ts';

/** A payment as the API shows it. */
export const showPayment = (payment: Payment): z.output<typeof paymentAnswer> =>
  shown(paymentAnswer, payment);
