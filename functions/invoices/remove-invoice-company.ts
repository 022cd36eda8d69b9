import { handle } from '#functions/http/handler.ts';
import { removeAssociation } from './associate.ts';
import { removeInvoiceCompany } from './contract.ts';

export const handler = handle(removeInvoiceCompany, {
  run: (request) =>
    removeAssociation(request, 'companyIds', request.params.invoiceId, request.params.companyId),
});
