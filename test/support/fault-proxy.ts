import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, listenOnLoopback, readBody } from '#infra/local/loopback.ts';
import { type AwsService, type Fault, refusalBy } from './fault-answers.ts';

/** Comes between a program and AWS: what a request meets on its way is the schedule's choice. */

export type Choose = (service: AwsService, operation: string) => Fault | undefined;
export type FaultProxy = { endpointOf: Record<AwsService, string>; stop: () => Promise<void> };

type Answer = { status: number; headers: string[]; body: Buffer };
type Call = { method: string; path: string; headers: string[]; body: Buffer };

const longestBody = 64 * 1024 * 1024;
const withoutConnection = (raw: readonly string[]): string[] =>
  raw.flatMap((name, index) =>
    index % 2 === 0 && !/^(connection|expect|keep-alive|transfer-encoding|content-length)$/i.test(name)
      ? [name, raw[index + 1] ?? '']
      : [],
  );

/** What a HEAD tells of the length is its answer. */
const lengthOf = (method: string, { headers }: IncomingMessage): string[] =>
  method === 'HEAD' && headers['content-length'] !== undefined
    ? ['content-length', headers['content-length']]
    : [];

const forward = (upstream: string, { method, path, headers, body }: Call): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(upstream);
    const given = [...headers, 'content-length', String(body.length)];
    const sent = request({ hostname, port, method, path, headers: given }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: [...withoutConnection(response.rawHeaders), ...lengthOf(method, response)],
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

export const operationOf = ({ method, path, headers, body }: Call): string => {
  const target = headers.findIndex((name, index) => index % 2 === 0 && /^x-amz-target$/i.test(name));
  if (target >= 0) return headers[target + 1]?.split('.').at(-1) ?? '';
  const action = /(?:^|&)Action=(\w+)/.exec(body.subarray(0, 1_000).toString())?.[1];
  return action ?? `${method}${/[?&](uploads|uploadId|partNumber)\b/.test(path) ? ' of parts' : ''}`;
};

/** What comes back, or undefined where the connection is cut. */
const meet = async (fault: Fault | undefined, upstream: string, call: Call, service: AwsService) => {
  const pass = () => forward(upstream, call);
  switch (fault) {
    case undefined:
      return pass();
    case 'delay':
      await sleep(20 + (call.body.length % 60));
      return pass();
    case 'drop':
    case 'die before':
      return undefined;
    case 'twice':
      await pass();
      return pass();
    case 'lost':
    case 'die after':
      await pass();
      return undefined;
    default:
      return refusalBy(fault, service, call.body);
  }
};

const serve = async (
  incoming: IncomingMessage,
  { upstream, service, choose }: { upstream: string; service: AwsService; choose: Choose },
): Promise<Answer | undefined> => {
  const body = (await readBody(incoming, longestBody)) ?? Buffer.alloc(0);
  const { method = 'GET', url: path = '/', rawHeaders } = incoming;
  const call = { method, path, headers: withoutConnection(rawHeaders), body };
  return meet(choose(service, operationOf(call)), upstream, call, service);
};

export const startFaultProxy = async (
  upstreams: Record<AwsService, string>,
  choose: Choose,
): Promise<FaultProxy> => {
  const servers: Server[] = [];
  const started = await Promise.all(
    (Object.entries(upstreams) as [AwsService, string][]).map(async ([service, upstream]) => {
      const server = createServer((incoming, response) => {
        serve(incoming, { upstream, service, choose }).then(
          (answer) => {
            if (answer === undefined) return incoming.socket.destroy();
            const { status, headers, body } = answer;
            const bare = incoming.method === 'HEAD' || status === 204 || status === 304;
            response.writeHead(status, bare ? headers : [...headers, 'content-length', String(body.length)]);
            return response.end(bare ? undefined : body);
          },
          () => incoming.socket.destroy(),
        );
      });
      servers.push(server);
      return [service, await listenOnLoopback(server, 0)] as const;
    }),
  );
  return {
    endpointOf: Object.fromEntries(started) as Record<AwsService, string>,
    stop: async () => {
      await Promise.all(servers.map((server) => closeServer(server)));
    },
  };
};
