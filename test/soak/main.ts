import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openMailStore } from '#infra/local/mail-store.ts';
import type { Check } from '#test/bench/figures.ts';
import { setService } from '#test/support/service.ts';
import { openAccounts } from './accounts.ts';
import { emailsAreSentOnce } from './checks/emails.ts';
import { historiesAreComplete } from './checks/histories.ts';
import { exportIsWhole, listsAgree } from './checks/lists.ts';
import { moneyAddsUp } from './checks/money.ts';
import { numbersAreGapless } from './checks/numbers.ts';
import { readWhole } from './checks/whole.ts';
import type { SoakAccount } from './known.ts';
import { carryLoad } from './load.ts';
import { type Sample, sampleOf, verdictOn } from './memory.ts';
import { type Program, startProgram } from './program.ts';
import { openQueues, type Queues } from './queues.ts';
import { answersCheck, lineOf, logCheck, memoryCheck, summaryOf } from './report.ts';
import { settle } from './settle.ts';
import { newTally, type Tally } from './tally.ts';

/**
 * `npm run soak`: an hour of mixed load on a local service of its own, `-- --seconds 60` for a minute, `-- --seed 7` for the
 * choices of an earlier run (what comes of them depends on who is faster). No 5xx, no refusal but of a race that was lost,
 * memory that stays, and in the end everything adds up. Exit code 0 only if all of it holds.
 */
const usage = 'npm run soak -- [--seconds 3600] [--seed 7] [--workers 5] [--json .local/soak.json]';
type Given = { seconds: number; seed: number; workers: number; json: string };
const given = (): Given => {
  const options = {
    seconds: { type: 'string', default: '3600' },
    seed: { type: 'string' },
    workers: { type: 'string', default: '5' },
    json: { type: 'string', default: '.local/soak.json' },
  } as const;
  const { values } = parseArgs({ options });
  const whole = (name: string, text: string): number => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} is a whole number above 0.`);
    return Number(text);
  };
  return {
    seconds: whole('seconds', values.seconds),
    seed: whole('seed', values.seed ?? String(1 + Math.floor(Math.random() * 1_000_000))),
    ...{ workers: whole('workers', values.workers), json: values.json },
  };
};

const secondsBetweenLines = 10;
/** Enough samples in each tenth of the time, and no more collections than that takes. */
const secondsBetweenSamples = (seconds: number): number => Math.min(10, Math.max(1, seconds / 120));

type Run = { program: Program; queues: Queues; tally: Tally; accounts: SoakAccount[]; asked: Given };

/** Looks at the memory and tells how it goes, until the load is over. */
const watch = async ({ program, tally, asked }: Run, isOver: () => boolean, waiting: () => number) => {
  const started = performance.now();
  const samples: Sample[] = [];
  const elapsed = () => (performance.now() - started) / 1_000;
  let toldAt = 0;
  while (!isOver()) {
    const next = samples.length * secondsBetweenSamples(asked.seconds);
    await sleep(Math.max(0, (next - elapsed()) * 1_000));
    const sample = await sampleOf(program, elapsed());
    samples.push(sample);
    if (elapsed() - toldAt < secondsBetweenLines) continue;
    const progress = { elapsed: elapsed(), seconds: elapsed() - toldAt, waiting: waiting() };
    const { statuses } = tally;
    const interval = tally.interval();
    const total = tally.all().requests;
    console.log(lineOf(interval, sample, { ...progress, total, statuses }));
    toldAt = elapsed();
  }
  return samples;
};

const carryAndWatch = async (run: Run): Promise<Sample[]> => {
  const { queues, asked, accounts, tally } = run;
  const until = performance.now() + asked.seconds * 1_000;
  const isOver = () => performance.now() >= until;
  let waiting = 0;
  const count = async (): Promise<void> => {
    for (; !isOver(); await sleep(250)) waiting = await queues.waiting();
  };
  const { seed, workers } = asked;
  const load = carryLoad({ accounts, workers, seed, tally, waiting: () => waiting, isOver });
  const [samples] = await Promise.all([watch(run, isOver, () => waiting), load, count()]);
  return samples;
};

/** A check that can't be made does not hold. */
const attempt = async (what: string, make: () => Promise<Check[]> | Check[]): Promise<Check[]> => {
  try {
    return await make();
  } catch (error) {
    return [
      { what, holds: false, found: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    ];
  }
};

const checkAccount = async (account: SoakAccount, dataDir: string): Promise<Check[]> => {
  const whole = await readWhole(account);
  const mailbox = (await openMailStore(join(dataDir, 'mail'))).list();
  const named = (what: string) => `${account.country}: ${what}`;
  return [
    ...(await attempt(named('numbers'), () => numbersAreGapless(whole))),
    ...(await attempt(named('amounts'), () => moneyAddsUp(whole))),
    ...(await attempt(named('histories'), () => historiesAreComplete(whole))),
    ...(await attempt(named('e-mails'), () => emailsAreSentOnce(whole, mailbox))),
    ...(await attempt(named('lists'), () => listsAgree(whole))),
    ...(await attempt(named('an export'), () => exportIsWhole(whole))),
  ];
};

const checkAll = async ({ program, queues, accounts }: Run, dataDir: string): Promise<Check[]> => {
  const settling = await attempt('everything that was begun comes to its end', async () => {
    await settle(program, queues);
    const dead = await queues.dead();
    return [{ what: 'no message was given up', holds: dead === 0, found: `${dead} in dead-letter queues` }];
  });
  const checks = [...settling];
  for (const account of accounts)
    checks.push(...(await attempt(`${account.country}: is read`, () => checkAccount(account, dataDir))));
  return checks;
};

const soak = async (asked: Given, dataDir: string): Promise<boolean> => {
  const program = await startProgram(dataDir);
  try {
    setService(program.service);
    const run: Run = {
      ...{ program, asked, queues: openQueues() },
      ...{ tally: newTally(), accounts: await openAccounts() },
    };
    console.log(`${asked.workers} workers for ${asked.seconds} s, seed ${asked.seed}.`);
    const started = performance.now();
    const samples = await carryAndWatch(run);
    const seconds = (performance.now() - started) / 1_000;
    console.log('The load is over; looking at what it left.');
    const invariants = await checkAll(run, dataDir);
    const { tally } = run;
    const memory = verdictOn(samples, asked.seconds);
    const checks = [answersCheck(tally), logCheck(program.said), memoryCheck(memory), ...invariants];
    const [cpu] = cpus();
    const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`;
    const { statuses, deeds, lostRaces, faults } = tally;
    mkdirSync(dirname(asked.json), { recursive: true });
    const report = {
      ...{ at: new Date().toISOString(), machine, asked, seconds, requests: tally.all() },
      ...{ statuses, deeds, lostRaces, faults, said: program.said, memory, samples, checks },
    };
    writeFileSync(asked.json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`\n${summaryOf(tally, seconds, checks)}\n`);
    const holding = checks.filter(({ holds }) => holds).length;
    console.log(`${holding} of ${checks.length} hold, seed ${asked.seed}, on ${machine}; ${asked.json}`);
    return holding === checks.length;
  } finally {
    await program.stop();
  }
};

const givenOrUsage = (): Given => {
  try {
    return given();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(1);
  }
};

const asked = givenOrUsage();
const folder = await mkdtemp(join(tmpdir(), 'quittance-soak-'));
let holds = false;
try {
  holds = await soak(asked, folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(holds ? 0 : 1);
