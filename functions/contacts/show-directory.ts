import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { type Company, type Contact, companyAnswer, contactAnswer } from '#lib/domain/directory.ts';

/** Contacts and companies as the API shows them. */
export const showContact = (contact: Contact): z.output<typeof contactAnswer> =>
  shown(contactAnswer, contact);
export const showCompany = (company: Company): z.output<typeof companyAnswer> =>
  shown(companyAnswer, company);
