import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
import { capacityOf } from '#test/support/capacity.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type ScriptedProvider, startProvider } from '#test/support/online-in-process.ts';
import type { Answer } from '#test/support/service.ts';
import { prepare } from './deeds.ts';
import { type Figures, figuresFile, readmeFile, readmeWith, writtenFigures } from './figures.ts';

/**
 * What each action consumes by the database's own answers, credentials included. `npm run capacity` writes down what it
 * measures and makes README's table of it; without that, an action that consumes more than is written down fails.
 */
const isMeasuring = process.env.QUITTANCE_CAPACITY === 'write';
const written = isMeasuring ? {} : writtenFigures();
const measured: Figures = {};

let own: OwnService;
let provider: ScriptedProvider;
beforeAll(async () => {
  own = await startOwnService();
  provider = await startProvider(own.clientWith('none'));
});
afterAll(async () => {
  await provider.stop();
  await own.stop();
  if (!isMeasuring || Object.keys(measured).length < actions.length) return;
  const sorted = Object.fromEntries(actions.map(({ name }) => [name, measured[name]]));
  writeFileSync(figuresFile, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(readmeFile, readmeWith(readFileSync(readmeFile, 'utf8'), measured));
});

describe('the capacity that an action consumes', () => {
  it.each(actions.map((action) => [action.name, action] as const))(
    'of %s is what is written down',
    async (name, action) => {
      const { id: accountId, admin } = await own.newAccount();
      const perform = await prepare({ own, accountId, admin, provider }, action);
      let answer: Answer | undefined;
      const consumed = await capacityOf(async () => {
        answer = await perform();
      });
      expect([answer?.status, answer?.status === action.status ? '' : answer?.text]).toEqual([
        action.status,
        '',
      ]);
      measured[name] = consumed;
      if (isMeasuring) return;
      const limit = written[name];
      if (limit === undefined) throw new Error(`${name} has no figures yet: npm run capacity`);
      expect(consumed.read).toBeLessThanOrEqual(limit.read);
      expect(consumed.write).toBeLessThanOrEqual(limit.write);
      // A figure that is far too high would let an action grow unseen.
      expect(consumed.read).toBeGreaterThanOrEqual(limit.read * 0.8 - 1);
      expect(consumed.write).toBeGreaterThanOrEqual(limit.write * 0.8 - 1);
    },
  );

  it.skipIf(isMeasuring)('is in README as it is written down, for these actions and no others', () => {
    const readme = readFileSync(readmeFile, 'utf8');
    expect(readmeWith(readme, written)).toBe(readme);
    expect(Object.keys(written)).toEqual(actions.map(({ name }) => name));
  });
});
