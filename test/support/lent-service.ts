import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { afterAll, inject } from 'vitest';
import type { SharedService } from './global-setup.ts';
import { setService } from './service.ts';

/** Set-up of each file of integration tests: borrows a service, and gives it back after the last test. */
const request = get({ port: inject('desk'), host: '127.0.0.1', agent: false });
const response = await new Promise<IncomingMessage>((resolve, reject) => {
  request.once('response', resolve).once('error', reject);
});
const line = await new Promise<string>((resolve, reject) => {
  createInterface(response).once('line', resolve);
  response.once('error', reject);
});
if (response.statusCode !== 200) throw new Error(line);
setService(JSON.parse(line) as SharedService);
afterAll(() => {
  response.removeAllListeners('error').on('error', () => {});
  request.destroy();
});
