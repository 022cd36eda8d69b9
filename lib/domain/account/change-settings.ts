import type * as z from 'zod';
import { laterOf } from '#lib/domain/change.ts';
import { mergePatch, withoutNulls } from '#lib/domain/patch.ts';
import type { Settings } from './settings.ts';
import { type SettingsPatch, settingsRequest, writtenSettings } from './settings-request.ts';

/** Changes of an account's settings (SET-1). */

type Parse = <S extends z.ZodType>(schema: S, value: unknown) => z.output<S>;

/**
 * The settings with a merge patch applied.
 * @throws what `parse` throws for a faulty whole, with pointers
 */
export const changedSettings = (
  settings: Settings,
  patch: SettingsPatch,
  now: string,
  parse: Parse,
): Settings => {
  const before = Object.fromEntries(writtenSettings.map((name) => [name, settings[name]]));
  const written = withoutNulls(parse(settingsRequest, mergePatch(withoutNulls(before), patch)));
  const { id, name, revision, shards, logoKey, createdAt } = settings;
  return {
    ...written,
    ...{ id, name, revision, shards, logoKey, createdAt },
    seller: written.seller ?? {},
    version: settings.version + 1,
    updatedAt: laterOf(settings.updatedAt, now),
  };
};

/** The settings with another logo, or none; only its key is theirs, and earlier logos stay where they are (LIFE-4). */
export const withLogo = (settings: Settings, logoKey: string | undefined, now: string): Settings => ({
  ...settings,
  logoKey,
  version: settings.version + 1,
  updatedAt: laterOf(settings.updatedAt, now),
});

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
