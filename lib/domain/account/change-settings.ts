import * as z from 'zod';
import { nullishShape } from '#lib/domain/fields.ts';
import { mergePatch, withoutNulls } from '#lib/domain/patch.ts';
import { type Settings, settingsShape } from './settings.ts';

/** Changes of an account's settings (SET-1). */

/** Settings that every account has: a patch can change them, not remove them. */
const needed = {
  country: true,
  currency: true,
  timeZone: true,
  language: true,
  locale: true,
  pageSize: true,
  chronologicalNumbers: true,
  allowEditFinalized: true,
  allowDeleteFinalized: true,
  allowOtherFromAddresses: true,
  sendOnlineReceipts: true,
  numbering: true,
  seller: true,
} as const satisfies { [K in keyof Settings & keyof typeof settingsShape]?: true };

const all = z.strictObject(settingsShape);
const whole = all.pick(needed).extend(nullishShape(all.omit(needed).shape));

type Parse = <S extends z.ZodType>(schema: S, value: unknown) => z.output<S>;

/**
 * The settings with a merge patch applied. Without a seller it is one of whom nothing is known.
 * @throws what `parse` throws for a faulty whole, with pointers: also where what every account has is removed
 */
export const changedSettings = (settings: Settings, patch: object, now: string, parse: Parse): Settings => {
  const own = Object.fromEntries(
    Object.keys(settingsShape).map((key) => [key, settings[key as keyof Settings]]),
  );
  const merged = parse(whole, { seller: {}, ...(mergePatch(withoutNulls(own), patch) as object) });
  const { id, name, version, revision, shards, logoKey, createdAt } = settings;
  return {
    ...withoutNulls(merged),
    ...{ id, name, revision, shards, logoKey, createdAt },
    version: version + 1,
    updatedAt: now,
  };
};

/** What a seller should know of the switches that were just turned on (SET-1). */
export const warningsOf = (before: Settings, after: Settings): { code: string; detail: string }[] => {
  const turnedOn = (name: 'allowEditFinalized' | 'allowDeleteFinalized') => after[name] && !before[name];
  return [
    ...(turnedOn('allowEditFinalized')
      ? [
          {
            code: 'edits_may_be_unlawful',
            detail:
              'In many countries an invoice that was handed over must not be changed: the law may ask for a corrective invoice or a credit note instead. Buyers keep what they were sent; every version stays in the history.',
          },
        ]
      : []),
    ...(turnedOn('allowDeleteFinalized')
      ? [
          {
            code: 'deletions_leave_gaps',
            detail:
              'Deleting a finalized invoice leaves a gap in the numbering, and invoices must be kept for years in most countries: voiding, or a credit note, may be what the law asks for. The audit of numbers shows who deleted what and why.',
          },
        ]
      : []),
  ];
};
