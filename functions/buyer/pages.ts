import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { isLanguage } from '#lib/domain/codes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { renderGonePage, renderNotFoundPage } from '#lib/page/message-pages.tsx';
import type { Page } from '#lib/page/shell.tsx';

/** A page as an answer. */
export const pageAnswer = ({ html, headers }: Page, statusCode = 200): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  body: html,
});

/** On to another address, which is told nothing of the link that led there. */
export const redirectTo = (location: string, statusCode: 302 | 303): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { location, 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' },
});

type Headers = Record<string, string | undefined>;

/** Whether a browser asks, which shows pages, and not a program. */
export const acceptsPage = ({ accept }: Headers): boolean => accept?.includes('text/html') ?? false;

/** The buyer's first language of choice, as the browser says; a header that says none, or nonsense, is none. */
export const languageOf = (headers: Headers): string | undefined => {
  const first = headers['accept-language']?.split(',')[0]?.split(';')[0]?.trim();
  return first !== undefined && isLanguage(first) ? first : undefined;
};

/**
 * A buyer's page: what a link refuses becomes a page too, that says nothing else (LINK-7).
 * @throws whatever is no refusal of a link
 */
export const asPage = async (
  headers: Headers,
  render: () => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<{ raw: APIGatewayProxyStructuredResultV2 }> => {
  const language = languageOf(headers);
  try {
    return { raw: await render() };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found')
      return { raw: pageAnswer(renderNotFoundPage(language), 404) };
    if (error instanceof Refusal && error.code === 'invoice_deleted')
      return { raw: pageAnswer(renderGonePage(language), 410) };
    throw error;
  }
};
