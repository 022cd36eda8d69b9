import { handle } from '#functions/http/handler.ts';
import { addAssociation } from './associate.ts';
import { addInvoiceContact } from './contract.ts';

export const handler = handle(addInvoiceContact, {
  run: (request) => addAssociation(request, 'contactIds', request.params.invoiceId, request.params.contactId),
});
