import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback, readBody } from './loopback.ts';
import { type AcceptedMail, type MailStore, openMailStore } from './mail-store.ts';
import { answerMailbox } from './mailbox.ts';
import { acceptRawEmail, answerXml, errorXml, escapeXml, members, SesError } from './ses-protocol.ts';

/** Ten megabytes as base64, and room for its escaping as a form. */
const LONGEST_REQUEST_BYTES = 32 * 1024 * 1024;

export type MailListener = (mail: AcceptedMail & { readonly raw: Buffer }) => void;

export interface LocalSes {
  readonly endpoint: string;
  onAccepted(listener: MailListener): () => void;
  stop(): Promise<void>;
}

/**
 * Starts a small Amazon SES (version 1, query protocol): POST takes SendRawEmail, VerifyEmailIdentity and
 * GetIdentityVerificationAttributes; GET shows a mailbox to people and `/store` to programs.
 *
 * Written here because aws-ses-v2-local takes recipients from the MIME headers and ignores `Destinations`,
 * refuses neither a long message nor a 51st recipient, drops tags, and keeps no mail over a restart: a
 * forgotten or leaked recipient would go unseen. As there, no address needs to be verified before use.
 */
export async function startSes(options: { port: number; dataDir: string | undefined }): Promise<LocalSes> {
  const state: SesState = {
    store: await openMailStore(options.dataDir),
    listeners: new Set(),
    verified: new Set(),
  };
  const server = createServer((request, response) => {
    const answering =
      request.method === 'POST'
        ? answerAction(request, response, state)
        : answerGet(request, response, state.store);
    answering.catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  const endpoint = await listenOnLoopback(server, options.port);
  return {
    endpoint,
    onAccepted: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    stop: () => closeServer(server),
  };
}

interface SesState {
  readonly store: MailStore;
  readonly listeners: Set<MailListener>;
  readonly verified: Set<string>;
}

type Action = (state: SesState, form: URLSearchParams) => Promise<string>;

const ACTIONS = new Map<string, Action>([
  ['SendRawEmail', sendRawEmail],
  ['VerifyEmailIdentity', verifyEmailIdentity],
  ['GetIdentityVerificationAttributes', getIdentityVerificationAttributes],
]);

async function sendRawEmail({ store, listeners }: SesState, form: URLSearchParams): Promise<string> {
  const { mail, raw } = await acceptRawEmail(form, new Date());
  await store.add(mail, raw);
  for (const listener of listeners) listener({ ...mail, raw });
  return `<MessageId>${mail.id}</MessageId>`;
}

async function verifyEmailIdentity({ verified }: SesState, form: URLSearchParams): Promise<string> {
  verified.add((form.get('EmailAddress') ?? '').toLowerCase());
  return '';
}

async function getIdentityVerificationAttributes(
  { verified }: SesState,
  form: URLSearchParams,
): Promise<string> {
  const asked = members(form, 'Identities.member').filter((one) => verified.has(one.toLowerCase()));
  const status = '<value><VerificationStatus>Success</VerificationStatus></value>';
  const entries = asked.map((one) => `<entry><key>${escapeXml(one)}</key>${status}</entry>`);
  return `<VerificationAttributes>${entries.join('')}</VerificationAttributes>`;
}

async function answerAction(
  request: IncomingMessage,
  response: ServerResponse,
  state: SesState,
): Promise<void> {
  const body = await readBody(request, LONGEST_REQUEST_BYTES);
  const form = new URLSearchParams(body?.toString() ?? '');
  const name = form.get('Action') ?? '';
  let status = 200;
  let xml: string;
  try {
    if (!body) throw new SesError('InvalidParameterValue', 'The request is too long.');
    const action = ACTIONS.get(name);
    if (!action) throw new SesError('InvalidAction', `Could not find operation ${name}`);
    xml = answerXml(name, await action(state, form));
  } catch (error) {
    if (!(error instanceof SesError)) throw error;
    status = 400;
    xml = errorXml(error);
  }
  response.writeHead(status, { 'content-type': 'text/xml' });
  response.end(xml);
}

async function answerGet(
  request: IncomingMessage,
  response: ServerResponse,
  store: MailStore,
): Promise<void> {
  if (request.url !== '/store') return answerMailbox(request.url ?? '/', response, store);
  const mails = await Promise.all(
    store.list().map(async (mail) => ({ ...mail, raw: (await store.raw(mail.id))?.toString('base64') })),
  );
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(mails));
}
