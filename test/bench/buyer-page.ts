import { newDrafts } from './drafts.ts';
import { median, percentile } from './figures.ts';
import { httpClient, sideBySide, succeeded } from './http.ts';
import type { Measurement } from './measurement.ts';
import type { Program } from './program.ts';

const buyers = 32;

/** Thirty-two buyers at once on as many invoices. The first opening of each is a visit, which is written. */
export const measureBuyerPage: Measurement<Program> = async (program, { sizes, progress }) => {
  progress(`buyer’s page: ${sizes.openings} openings`);
  const { token } = await program.newAccount();
  const http = httpClient(program.baseUrl, token);
  const links = await sideBySide(4, await newDrafts(http, buyers + 2), async (id) => {
    const { body } = succeeded(await http('POST', `/v1/invoices/${id}/finalize`));
    return new URL(body.link).pathname;
  });
  const open = httpClient(program.baseUrl);
  const opened = (path: string) => open('GET', path);
  const warming = links.splice(0, 2);
  await sideBySide(4, Array(50).fill(warming).flat() as string[], opened);
  const paths = Array.from({ length: sizes.openings }, (_, index) => links[index % buyers] as string);
  const replies = await sideBySide(buyers, paths, opened);
  const times = replies.map(({ milliseconds }) => milliseconds);
  const failed = replies.filter(({ status, text }) => status !== 200 || !text.includes('INV-'));
  const what = `buyer’s page, ${buyers} clients`;
  return {
    figures: [
      {
        ...{ what: `${what}, p99`, measured: percentile(times, 0.99), unit: 'ms' },
        ...{ beside: 'p50 of the same', limit: median(times), target: { atMost: 5 } },
      },
    ],
    checks: [
      {
        ...{ what: `${what}: each shows the invoice`, holds: failed.length === 0 },
        found: `${failed.length} of ${replies.length} did not`,
      },
    ],
  };
};
