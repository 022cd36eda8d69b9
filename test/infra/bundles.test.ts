import { expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
import { measureFunctions } from '#infra/build/bundle.ts';
import { entries } from '#infra/build/entries.ts';
import { bundleSizes, describeSizes, goalBytes } from '#infra/build/sizes.ts';
import { languages } from '#lib/domain/wording/language.ts';

/** What writes to buyers has all languages: the limits below are with three of them, and another one may add this. */
const languageBytes = 14 * 1024;
const laterLanguages = (languages.length - 3) * languageBytes;

/** They draw the buyer's page, which needs React, and its logo, which needs S3: 45 KB too many, and not to grow. */
const drawThePage = new Set(['open-link-pdf', 'open-preview', 'open-export-link', 'open-export-files']);
const pageBytes = 770 * 1024 + laterLanguages;
/** They also write what the buyer has just paid at the provider, with his receipt. */
const drawAndSettle = new Set(['open-link', 'open-link-with-slug']);
const settlingBytes = 820 * 1024 + laterLanguages;
/** It writes a whole e-mail with its PDF as it would be sent: React, the MIME composer, S3. */
const writeTheEmail = new Set(['preview-send']);
const emailBytes = 950 * 1024 + laterLanguages;
const mostOf = (name: string): number => {
  if (writeTheEmail.has(name)) return emailBytes;
  if (drawAndSettle.has(name)) return settlingBytes;
  return drawThePage.has(name) ? pageBytes : goalBytes;
};

it('keeps every action’s bundle small, and says which grew', { timeout: 240_000 }, async () => {
  const names = new Set(actions.map(({ name }) => name));
  const sizes = bundleSizes(await measureFunctions(entries.filter(({ name }) => names.has(name))));
  expect(sizes).toHaveLength(names.size);
  const grown = sizes.filter(({ name, bytes }) => bytes > mostOf(name));
  expect(describeSizes(grown)).toBe('');
});
