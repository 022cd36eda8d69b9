import { handle } from '#functions/http/handler.ts';
import { removeAssociation } from './associate.ts';
import { removeInvoiceContact } from './contract.ts';

export const handler = handle(removeInvoiceContact, {
  run: (request) =>
    removeAssociation(request, 'contactIds', request.params.invoiceId, request.params.contactId),
});
