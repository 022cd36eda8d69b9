import { afterAll, beforeAll } from 'vitest';
import { closeBrowser } from '#lib/documents/browser.ts';
import { type OwnService, startOwnService } from './in-process.ts';

/** The service of a file of tests that hands records and messages to the workers itself. */
export let own: OwnService;

/** Starts it before the file's tests, and stops it after them. */
export const withOwnService = (): void => {
  beforeAll(async () => {
    own = await startOwnService();
  });
  afterAll(async () => {
    await own.stop();
    await closeBrowser();
  });
};
