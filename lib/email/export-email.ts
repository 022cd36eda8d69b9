import { accountName, type Settings } from '#lib/domain/account/settings.ts';
import { dayIn } from '#lib/domain/day.ts';
import type { Export } from '#lib/domain/exports/export.ts';
import { exportLinkWordingOf } from '#lib/domain/wording/export-link.ts';
import { readingOf } from '#lib/domain/wording/reading.ts';
import { composeLetter } from './letter.tsx';
import type { EmailContent } from './message.ts';

/** The e-mail that brings the link to a scheduled export's files, in the account's language (EXP-4). Pure. */
export const composeExportEmail = (
  account: Pick<Settings, 'name' | 'seller' | 'language' | 'locale' | 'brandColor' | 'timeZone' | 'currency'>,
  job: Export,
  link: { url: string; endsAt: string },
): EmailContent => {
  const { language, locale, currency, timeZone } = account;
  const words = exportLinkWordingOf(language);
  const { day } = readingOf({ language, locale, currency });
  const name = job.mail?.name ?? '';
  const sender = accountName(account);
  const skipped = job.skipped.length + job.skippedUnlisted;
  const rows: [string, string][] = [
    [words.rows, String(job.rowsDone)],
    [words.files, job.files.map((file) => file.name).join(', ')],
  ];
  if (job.changedSinceExported.length > 0)
    rows.push([words.changed, String(job.changedSinceExported.length)]);
  if (skipped > 0) rows.push([words.skipped, String(skipped)]);
  return composeLetter({
    ...{ language: words.language, brandColor: account.brandColor, sender, subject: words.subject(name) },
    parts: [
      { kind: 'text', text: words.ready(name, sender) },
      { kind: 'rows', rows },
      { kind: 'link', words: words.fetch, url: link.url },
      { kind: 'text', text: words.ends(day(dayIn(timeZone, link.endsAt))) },
    ],
    foot: [words.keep],
  });
};
