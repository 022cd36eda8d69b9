import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { type Settings, settingsAnswer } from '#lib/domain/account/settings.ts';

/** The settings as the API shows them. */
export const showSettings = (
  settings: Settings,
  warnings: { code: string; detail: string }[] = [],
): z.output<typeof settingsAnswer> => shown(settingsAnswer, { ...settings, warnings });
