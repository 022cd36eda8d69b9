import { handle } from '#functions/http/handler.ts';
import { openLink } from './contract.ts';
import { showInvoicePage } from './show-invoice-page.ts';

export const handler = handle(openLink, { run: showInvoicePage });
