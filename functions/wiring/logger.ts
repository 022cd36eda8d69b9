import { Logger } from '@aws-lambda-powertools/logger';

/** Logs hold ids only: no names, addresses, tokens, link paths or bodies (API-6). */
export const logger = new Logger({ serviceName: 'quittance' });

/** An error without its message, which may quote a request: names, causes and the places in the code. */
export const describeError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { name: typeof error };
  const { stack = '', message } = error;
  // A message of several lines may have one that looks like a frame.
  const afterMessage = stack.slice(stack.indexOf(message) + message.length);
  const frames = afterMessage.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: error.name,
    frames: frames.slice(0, 12).map((line) => line.trim()),
    ...('issues' in error && Array.isArray(error.issues)
      ? { issues: error.issues.map(({ code, path }) => ({ code, path })) }
      : {}),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
};
