import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import {
  companyAnswer,
  companyPatch,
  companyRequest,
  contactAnswer,
  contactPatch,
  contactRequest,
} from '#lib/domain/directory.ts';
import { email } from '#lib/domain/fields.ts';

const tag = 'Contacts and companies';
const read = { kind: 'account', permissions: ['contacts.read'] } as const;
const write = { kind: 'account', permissions: ['contacts.write'] } as const;

export const listContacts = defineAction({
  name: 'list-contacts',
  method: 'GET',
  path: '/v1/contacts',
  tag,
  summary: 'Contacts, oldest first, or the one of an e-mail address',
  access: read,
  query: pageQuery.extend({ email: email().optional() }),
  status: 200,
  result: listOf(contactAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createContact = defineAction({
  name: 'create-contact',
  method: 'POST',
  path: '/v1/contacts',
  tag,
  summary: 'Create a contact',
  access: write,
  body: contactRequest,
  status: 201,
  result: contactAnswer,
  versioned: true,
  refusals: ['contact_exists'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { name: 'Ada Novak', email: 'ada@example.com', language: 'en' },
});

export const getContact = defineAction({
  name: 'get-contact',
  method: 'GET',
  path: '/v1/contacts/{contactId}',
  tag,
  summary: 'A contact',
  access: read,
  status: 200,
  result: contactAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});

export const updateContact = defineAction({
  name: 'update-contact',
  method: 'PATCH',
  path: '/v1/contacts/{contactId}',
  tag,
  summary: 'Change a contact; finalized invoices keep their copy',
  access: write,
  body: contactPatch,
  status: 200,
  result: contactAnswer,
  versioned: true,
  refusals: ['contact_exists'],
  uses: ['table:read', 'table:write', 'table:delete', 'identity'],
  example: { phone: '+33 1 70 18 99 00' },
});

export const deleteContact = defineAction({
  name: 'delete-contact',
  method: 'DELETE',
  path: '/v1/contacts/{contactId}',
  tag,
  summary: 'Delete a contact that no draft names as its billing contact',
  access: write,
  status: 204,
  versioned: true,
  refusals: ['in_use'],
  uses: ['table:read', 'table:lists', 'table:delete', 'identity'],
});

export const listCompanies = defineAction({
  name: 'list-companies',
  method: 'GET',
  path: '/v1/companies',
  tag,
  summary: 'Companies, oldest first',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(companyAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createCompany = defineAction({
  name: 'create-company',
  method: 'POST',
  path: '/v1/companies',
  tag,
  summary: 'Create a company',
  access: write,
  body: companyRequest,
  status: 201,
  result: companyAnswer,
  versioned: true,
  uses: ['table:read', 'table:write', 'identity'],
  example: {
    name: 'Novak Instruments',
    vatId: 'DE136695976',
    address: { line1: 'Torstraße 12', city: 'Berlin', country: 'DE' },
  },
});

export const getCompany = defineAction({
  name: 'get-company',
  method: 'GET',
  path: '/v1/companies/{companyId}',
  tag,
  summary: 'A company',
  access: read,
  status: 200,
  result: companyAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});

export const updateCompany = defineAction({
  name: 'update-company',
  method: 'PATCH',
  path: '/v1/companies/{companyId}',
  tag,
  summary: 'Change a company; finalized invoices keep their copy',
  access: write,
  body: companyPatch,
  status: 200,
  result: companyAnswer,
  versioned: true,
  uses: ['table:read', 'table:write', 'identity'],
  example: { legalName: 'Novak Instruments GmbH' },
});

export const deleteCompany = defineAction({
  name: 'delete-company',
  method: 'DELETE',
  path: '/v1/companies/{companyId}',
  tag,
  summary: 'Delete a company that no draft names as its buyer',
  access: write,
  status: 204,
  versioned: true,
  refusals: ['in_use'],
  uses: ['table:read', 'table:lists', 'table:delete', 'identity'],
});
