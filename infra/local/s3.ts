import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { closeServer, listenOnLoopback } from './loopback.ts';
import { type Access, accessOf } from './s3-signature.ts';

export interface LocalS3 {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts s3rver behind a check of signatures. Clients need `forcePathStyle: true`, LOCAL_CREDENTIALS and
 * `requestChecksumCalculation: 'WHEN_REQUIRED'` (s3rver would store the chunk framing of a streamed upload
 * with a trailing checksum). Without `dataDir` the objects lie in a temporary folder that `stop` removes.
 */
export async function startS3(options: { port: number; dataDir: string | undefined }): Promise<LocalS3> {
  const directory = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'quittance-s3-')));
  await mkdir(directory, { recursive: true });
  const store = new S3rver({ directory, silent: true, vhostBuckets: false }).callback();
  const server = createServer((request, response) => {
    const access = accessOf(request);
    if (access === 'signed') store(request, response);
    else refuse(response, access);
  });
  const endpoint = await listenOnLoopback(server, options.port);
  return {
    endpoint,
    stop: async () => {
      await closeServer(server);
      if (!options.dataDir) await rm(directory, { recursive: true, force: true });
    },
  };
}

function refuse(response: ServerResponse, access: Exclude<Access, 'signed'>): void {
  const code = access === 'anonymous' ? 'AccessDenied' : 'SignatureDoesNotMatch';
  response.writeHead(403, { 'content-type': 'application/xml', connection: 'close' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
}
