import { gapIn, newDrafts } from './drafts.ts';
import { type Check, type Figure, median, percentile, rateOf } from './figures.ts';
import { type Http, httpClient, type Reply, sideBySide, succeeded } from './http.ts';
import type { Asked, Measurement } from './measurement.ts';
import type { Program } from './program.ts';
import { type RawFinalizing, rawFinalizing } from './raw.ts';

const beside = 'raw transaction of counter, header and number, one client';
const racers = 16;
const blocks = 4;

type Raced = { replies: Reply[]; milliseconds: number };

const finalize = (http: Http) => (id: string) => http('POST', `/v1/invoices/${id}/finalize`);

/** One client, by turns with the raw one: what slows the machine down meanwhile slows both. */
const byTurns = async (http: Http, raw: RawFinalizing, ids: readonly string[]) => {
  const ours: Reply[] = [];
  const theirs: number[] = [];
  const size = Math.ceil(ids.length / blocks);
  for (let from = 0; from < ids.length; from += size) {
    const block = ids.slice(from, from + size);
    theirs.push(...(await raw.run(block.length)));
    ours.push(...(await sideBySide(1, block, finalize(http))));
  }
  return { ours: ours.map(succeeded), theirs };
};

const race = async (http: Http, ids: readonly string[]): Promise<Raced> => {
  const started = performance.now();
  const replies = await sideBySide(racers, ids, finalize(http));
  return { replies, milliseconds: performance.now() - started };
};

const numberOf = ({ body }: Reply): string => String(body?.number);
const checksOf = (all: readonly Reply[], { replies }: Raced): Check[] => {
  const failed = replies.filter(({ status }) => status >= 300);
  const first = failed[0] && `, the first ${failed[0].status} ${failed[0].text.slice(0, 200)}`;
  const what = `finalize, ${racers} clients racing`;
  return [
    {
      what: `${what}: no failure`,
      holds: failed.length === 0,
      found: `${failed.length} failed${first ?? ''}`,
    },
    { what: `${what}: consecutive numbers`, ...gapIn(all.map(numberOf)) },
  ];
};

const measure = async (program: Program, { sizes, progress }: Asked) => {
  const { token } = await program.newAccount();
  const http = httpClient(program.baseUrl, token);
  const warming = 30;
  const raw = await rawFinalizing(
    await program.newTable('raw-finalize'),
    warming + sizes.oneByOne + sizes.racing,
  );
  progress('finalize: drafts');
  const ids = await newDrafts(http, warming + sizes.oneByOne + sizes.racing);
  const warmed = (await sideBySide(2, ids.splice(0, warming), finalize(http))).map(succeeded);
  await raw.run(warming);
  progress('finalize: one client');
  const { ours, theirs } = await byTurns(http, raw, ids.splice(0, sizes.oneByOne));
  progress(`finalize: ${racers} clients`);
  const around = [...(await raw.run(Math.floor(sizes.racing / 2)))];
  const raced = await race(http, ids);
  around.push(...(await raw.run(Math.floor(sizes.racing / 2))));
  return { ours, theirs, raced, around, all: [...warmed, ...ours, ...raced.replies] };
};

export const measureFinalize: Measurement<Program> = async (program, asked) => {
  const { ours, theirs, raced, around, all } = await measure(program, asked);
  const times = ours.map(({ milliseconds }) => milliseconds);
  const figures: Figure[] = [
    {
      ...{ what: 'finalize, one client', measured: rateOf(times), unit: '/s' },
      ...{ beside, limit: rateOf(theirs), target: { atLeast: 0.5 } },
    },
    {
      ...{ what: `finalize, ${racers} clients racing`, unit: '/s' },
      measured: (1_000 * raced.replies.length) / raced.milliseconds,
      ...{ beside, limit: rateOf(around), target: { atLeast: 0.4 } },
    },
    {
      ...{ what: `finalize, ${racers} clients racing, p95`, unit: 'ms' },
      measured: percentile(
        raced.replies.map(({ milliseconds }) => milliseconds),
        0.95,
      ),
      ...{ beside: 'p50 of one client', limit: median(times), target: { atMost: 20 } },
    },
  ];
  return { figures, checks: checksOf(all, raced) };
};
