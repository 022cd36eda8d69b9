import * as z from 'zod';
import { language } from './codes.ts';
import { email, id, line, nullableShape, nullishShape, optionalShape } from './fields.ts';
import { buyerShape } from './party.ts';
import { patchOf } from './patch.ts';

/** Contacts and companies: those that invoices are addressed to (CON). */

const contactOnly = { email: email(), phone: line(50), language: language(), companyId: id('com') };

export const contactRequest = z.strictObject({
  name: line(),
  ...nullishShape({ ...contactOnly, ...buyerShape('request') }),
});
export const contactPatch = patchOf({ name: line(), ...contactOnly, ...buyerShape('request') });
export const companyRequest = z.strictObject({ name: line(), ...nullishShape(buyerShape('request')) });
export const companyPatch = patchOf({ name: line(), ...buyerShape('request') });

const kept = {
  id: z.string(),
  accountId: z.string(),
  version: z.number(),
  revision: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
};
const { email: _email, ...rest } = contactOnly;
export const storedContact = z.object({
  ...kept,
  name: z.string(),
  ...optionalShape({ email: z.string(), ...rest, ...buyerShape('stored') }),
});
export type Contact = z.infer<typeof storedContact>;
export const storedCompany = z.object({ ...kept, name: z.string(), ...optionalShape(buyerShape('stored')) });
export type Company = z.infer<typeof storedCompany>;

const shown = { version: z.int(), createdAt: z.string(), updatedAt: z.string() };
export const contactAnswer = z
  .object({
    id: id('con'),
    name: line(),
    ...nullableShape({ ...contactOnly, ...buyerShape('answer') }),
    ...shown,
  })
  .meta({ id: 'Contact' });
export const companyAnswer = z
  .object({
    id: id('com'),
    name: line(),
    ...nullableShape(buyerShape('answer')),
    ...shown,
  })
  .meta({ id: 'Company' });
