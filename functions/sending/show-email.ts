import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import type { Email } from '#lib/domain/email.ts';
import { emailAnswer } from './contract.ts';

/** An e-mail as the API shows it. */
export const showEmail = (email: Email): z.output<typeof emailAnswer> => shown(emailAnswer, email);
