import { handle } from '#functions/http/handler.ts';
import { addAssociation } from './associate.ts';
import { addInvoiceCompany } from './contract.ts';

export const handler = handle(addInvoiceCompany, {
  run: (request) => addAssociation(request, 'companyIds', request.params.invoiceId, request.params.companyId),
});
