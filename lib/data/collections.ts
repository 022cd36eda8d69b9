import { type ApiKey, type Member, storedApiKey, storedMember } from '#lib/domain/account/member.ts';
import { type Company, type Contact, storedCompany, storedContact } from '#lib/domain/directory.ts';
import { aboutOf, type Email, storedEmail } from '#lib/domain/email.ts';
import { type Export, storedExport } from '#lib/domain/exports/export.ts';
import { type Schedule, storedSchedule } from '#lib/domain/exports/schedule.ts';
import { storedView, type View } from '#lib/domain/exports/view.ts';
import { type Link, storedLink } from '#lib/domain/link.ts';
import { type Payment, storedPayment } from '#lib/domain/payment.ts';
import { type Pdf, storedPdf } from '#lib/domain/pdf.ts';
import { type PropertyDefinition, storedPropertyDefinition } from '#lib/domain/property-definition.ts';
import { type CodeCount, storedCodeCount } from '#lib/domain/sending/count-codes.ts';
import { type SenderAddress, storedSenderAddress } from '#lib/domain/sending/sender-address.ts';
import type { Collection } from './collection.ts';
import { paymentIndexKeys } from './indexes.ts';
import {
  apiKeyKey,
  codeCountKey,
  companyKey,
  contactKey,
  emailKey,
  exportKey,
  linkKey,
  memberKey,
  paymentKey,
  pdfKey,
  propertyKey,
  scheduleKey,
  senderAddressKey,
  viewKey,
} from './keys.ts';

/** The collections: what lies in one item each. Invoices and settings have stores of their own. */

type InAccount = [accountId: string, id: string];
type OnInvoice = [accountId: string, invoiceId: string, id: string];
const inAccount = (record: { accountId: string; id: string }): InAccount => [record.accountId, record.id];
const onInvoice = (record: { accountId: string; invoiceId: string; id: string }): OnInvoice => [
  record.accountId,
  record.invoiceId,
  record.id,
];

export const members: Collection<InAccount, Member> = {
  schema: storedMember,
  keyOf: memberKey,
  idsOf: inAccount,
};
export const apiKeys: Collection<InAccount, ApiKey> = {
  schema: storedApiKey,
  keyOf: apiKeyKey,
  idsOf: inAccount,
};
export const contacts: Collection<InAccount, Contact> = {
  schema: storedContact,
  keyOf: contactKey,
  idsOf: inAccount,
};
export const companies: Collection<InAccount, Company> = {
  schema: storedCompany,
  keyOf: companyKey,
  idsOf: inAccount,
};
export const senderAddresses: Collection<InAccount, SenderAddress> = {
  schema: storedSenderAddress,
  keyOf: senderAddressKey,
  idsOf: ({ accountId, email }) => [accountId, email],
};
export const views: Collection<InAccount, View> = { schema: storedView, keyOf: viewKey, idsOf: inAccount };
export const exports: Collection<InAccount, Export> = {
  schema: storedExport,
  keyOf: exportKey,
  idsOf: inAccount,
};
export const schedules: Collection<InAccount, Schedule> = {
  schema: storedSchedule,
  keyOf: scheduleKey,
  idsOf: inAccount,
};
export const codeCounts: Collection<InAccount, CodeCount> = {
  schema: storedCodeCount,
  keyOf: codeCountKey,
  idsOf: ({ accountId, email }) => [accountId, email],
};
export const payments: Collection<InAccount, Payment> = {
  schema: storedPayment,
  keyOf: paymentKey,
  idsOf: inAccount,
  indexKeys: paymentIndexKeys,
};
export const propertyDefinitions: Collection<InAccount, PropertyDefinition> = {
  schema: storedPropertyDefinition,
  keyOf: propertyKey,
  idsOf: (definition) => [definition.accountId, definition.name],
};
export const emails: Collection<OnInvoice, Email> = {
  schema: storedEmail,
  keyOf: emailKey,
  idsOf: (email) => [email.accountId, aboutOf(email), email.id],
};
export const links: Collection<OnInvoice, Link> = { schema: storedLink, keyOf: linkKey, idsOf: onInvoice };
export const pdfs: Collection<[accountId: string, invoiceId: string, documentVersion: number], Pdf> = {
  schema: storedPdf,
  keyOf: pdfKey,
  idsOf: ({ accountId, invoiceId, documentVersion }) => [accountId, invoiceId, documentVersion],
};
