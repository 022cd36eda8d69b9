import { request } from 'node:http';
import { inject } from 'vitest';

// biome-ignore lint/suspicious/noExplicitAny: a test looks at answers of every shape
export type Json = any;
export type Answer = { status: number; text: string; body: Json; location: string | undefined };

/**
 * A call to the deployed API. MiniStack tells APIs apart by the host's name, as AWS does, but the name is none that
 * this machine resolves: the call goes to its port, with that name as its host.
 */
export const call = async (
  method: string,
  path: string,
  options: { token?: string; body?: unknown } = {},
): Promise<Answer> => {
  const { endpoint, baseUrl } = inject('deployment');
  const { host } = new URL(baseUrl);
  const url = new URL(path, baseUrl);
  const payload = options.body === undefined ? undefined : JSON.stringify(options.body);
  const answer = await new Promise<Omit<Answer, 'body'>>((resolve, reject) => {
    const headers = {
      host,
      ...(options.token && { authorization: `Bearer ${options.token}` }),
      ...(payload !== undefined && { 'content-type': 'application/json' }),
    };
    const sent = request(
      new URL(`${url.pathname}${url.search}`, endpoint),
      { method, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            location: response.headers.location,
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(payload);
  });
  return { ...answer, body: /^[[{]/.test(answer.text) ? JSON.parse(answer.text) : undefined };
};

/** The body of an answer of success. @throws Error that shows any other answer */
export const ok = ({ status, text, body }: Answer): Json => {
  if (status < 200 || status > 299) throw new Error(`${status}: ${text}`);
  return body;
};

export const token = async (claims: Record<string, unknown>): Promise<string> => {
  const response = await fetch(`${inject('deployment').issuer}/dev-token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(claims),
  });
  return ((await response.json()) as { token: string }).token;
};

type Mail = { Source: string; To: string[]; Subject: string; BodyText: string };
/** What the deployment's SES took, oldest first. */
export const mails = async (): Promise<Mail[]> => {
  const { messages } = (await (
    await fetch(`${inject('deployment').endpoint}/_ministack/ses/messages`)
  ).json()) as {
    messages: Mail[] | Record<string, Mail[]>;
  };
  return Object.values(messages).flat();
};

/**
 * Tells what became of an e-mail, in the place of SES: MiniStack knows event destinations of configuration sets, and
 * publishes nothing to them. From the topic on, all is as it is deployed.
 */
export const publishMailEvent = async (event: object): Promise<void> => {
  const response = await fetch(inject('deployment').endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ Action: 'Publish', Version: '2010-03-31', TopicArn: inject('deployment').mailEvents },
      Message: JSON.stringify(event),
    }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
};

/** Waits for an effect: asks again until `look` gives something else than undefined. */
export const eventually = async <T>(
  look: () => Promise<T | undefined>,
  what: string,
  { seconds = 90 }: { seconds?: number } = {},
): Promise<T> => {
  for (const until = Date.now() + seconds * 1_000; ; ) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > until) throw new Error(`still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};
