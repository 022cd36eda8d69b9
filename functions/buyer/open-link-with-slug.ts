import { handle } from '#functions/http/handler.ts';
import { openLinkWithSlug } from './contract.ts';
import { showInvoicePage } from './show-invoice-page.ts';

export const handler = handle(openLinkWithSlug, { run: showInvoicePage });
