import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';

/** The e-mail provider, SES: it takes a message once, or says clearly that it did not, or leaves us in doubt. */
export type Outcome =
  | { kind: 'accepted'; messageId: string }
  /** It will never take this message. */
  | { kind: 'refused'; reason: string }
  /** It did not take the message this time. */
  | { kind: 'not_now'; reason: string }
  /** It may have taken it: to ask again could send it twice (SEND-11). */
  | { kind: 'unclear'; reason: string };

const passing = new Set([
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'LimitExceededException',
]);
/** The connection never stood: nothing was asked. */
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What an error of the provider says about the message. */
export const outcomeOfError = (error: unknown): Outcome => {
  if (error instanceof SESServiceException) {
    const status = error.$metadata.httpStatusCode ?? 500;
    if (passing.has(error.name) || status === 429) return { kind: 'not_now', reason: error.name };
    if (status >= 400 && status < 500) return { kind: 'refused', reason: error.name };
    return { kind: 'unclear', reason: error.name };
  }
  const code = codeOf(error);
  if (code !== undefined && notConnected.has(code)) return { kind: 'not_now', reason: code };
  return { kind: 'unclear', reason: code ?? (error instanceof Error ? error.name : 'error') };
};

/** Asks the provider once; `client` must not repeat by itself. Tags bring its events back to the e-mail. */
export const sendOnce = async (
  client: SESClient,
  message: {
    mime: Uint8Array;
    from: string;
    recipients: readonly string[];
    tags: Record<string, string>;
    configurationSet: string | undefined;
  },
): Promise<Outcome> => {
  const { mime, from, recipients, tags, configurationSet } = message;
  try {
    const { MessageId } = await client.send(
      new SendRawEmailCommand({
        Source: from,
        Destinations: [...recipients],
        RawMessage: { Data: mime },
        Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        ConfigurationSetName: configurationSet,
      }),
    );
    return MessageId === undefined
      ? { kind: 'unclear', reason: 'no message id' }
      : { kind: 'accepted', messageId: MessageId };
  } catch (error) {
    return outcomeOfError(error);
  }
};
