import type { Settings } from '#lib/domain/account/settings.ts';
import { type Counter, nextValue, writeNumber } from '#lib/domain/numbering.ts';

/** The numbering as the API shows it. */
export const showNumbering = ({ numbering }: Pick<Settings, 'numbering'>, counter: Counter) => ({
  prefix: numbering.prefix,
  width: numbering.width,
  next: writeNumber(numbering, nextValue(counter, numbering)),
});
