import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { actions } from '#functions/actions.ts';
import { httpFunction } from '#functions/http/handler.ts';
import { preflightHeaders } from '#functions/http/middleware.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** Where no route fits: 404 and 405 in our own form (API-1), and browsers' preflight requests (API-7). */

const segmentsOf = (path: string): string[] => path.split('/');
const fits = (pattern: string, path: string): boolean => {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) =>
      segment.startsWith('{') ? given[index] !== '' : segment === given[index],
    )
  );
};

/** The methods that a path has; none if there is no such path. */
const methodsOf = (path: string): string[] => [
  ...new Set(actions.filter((action) => fits(action.path, path)).map(({ method }) => method)),
];

const answer = (event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 => {
  const methods = methodsOf(event.rawPath);
  if (methods.length === 0) throw new Refusal('not_found');
  const preflight = preflightHeaders(event, methods);
  if (preflight !== undefined) return { statusCode: 204, headers: preflight };
  throw new Refusal('method_not_allowed', { allow: methods });
};

export const handler = httpFunction('default-route', async (event) => answer(event));
