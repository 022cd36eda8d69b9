import { mkdir } from 'node:fs/promises';
import { startFauxqs } from 'fauxqs';
import { LOOPBACK } from './loopback.ts';

export interface LocalSqs {
  readonly endpoint: string;
  /** A queue's address; what fauxqs itself answers names a host that not every system resolves. */
  queueUrl(name: string): string;
  stop(): Promise<void>;
}

/**
 * Starts fauxqs for its SQS. With `dataDir` queues and messages survive a restart. It listens on every
 * interface, which it has no option to change; as S3 it takes expired addresses, so that part is not used.
 */
export async function startSqs(options: { port: number; dataDir: string | undefined }): Promise<LocalSqs> {
  const { port, dataDir } = options;
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const server = await startFauxqs({ port, logger: false, ...(dataDir ? { dataDir } : {}) });
  const endpoint = `http://${LOOPBACK}:${server.port}`;
  return {
    endpoint,
    queueUrl: (name) => `${endpoint}/000000000000/${name}`,
    stop: () => server.stop(),
  };
}
