import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { documents } from '#functions/wiring/documents.ts';
import { logoAddress } from '#lib/documents/logo-store.ts';
import { type Settings, settingsAnswer } from '#lib/domain/account/settings.ts';

/** The settings as the API shows them, the logo as an address that is signed anew each time. */
export const showSettings = async (
  settings: Settings,
  warnings: { code: string; detail: string }[] = [],
): Promise<z.output<typeof settingsAnswer>> => {
  const logo = settings.logoKey === undefined ? null : await logoAddress(documents(), settings.logoKey);
  return shown(settingsAnswer, { ...settings, logo, warnings });
};
