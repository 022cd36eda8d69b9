export interface Match<Route> {
  readonly route: Route;
  /** Absent where the path has no parameters, as in the event. */
  readonly pathParameters: Record<string, string> | undefined;
}

/**
 * Finds the route of a method and a decoded path. As in an HTTP API a path matches whole, a segment never
 * is empty, and where several match, the one with a literal segment first from the left wins.
 */
export function createRouter<Route extends { readonly method: string; readonly path: string }>(
  routes: readonly Route[],
): (method: string, path: string) => Match<Route> | undefined {
  const known = routes
    .map((route) => ({ route, segments: route.path.split('/') }))
    .sort((a, b) => (shape(a.segments) < shape(b.segments) ? -1 : 1));
  return (method, path) => {
    const given = path.split('/');
    const found = known.find(
      ({ route, segments }) =>
        route.method === method &&
        segments.length === given.length &&
        segments.every((segment, i) => segment === given[i] || (isParameter(segment) && given[i] !== '')),
    );
    if (!found) return undefined;
    const parameters = found.segments.flatMap((segment, i) =>
      isParameter(segment) ? [[segment.slice(1, -1), given[i] ?? ''] as const] : [],
    );
    return {
      route: found.route,
      pathParameters: parameters.length > 0 ? Object.fromEntries(parameters) : undefined,
    };
  };
}

const isParameter = (segment: string) => segment.startsWith('{');

/** Sorts literal segments before parameters, from the left. */
const shape = (segments: string[]) => segments.map((segment) => (isParameter(segment) ? '1' : '0')).join('');
