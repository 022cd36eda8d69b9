import type { ExportFile } from '#lib/domain/exports/export.ts';
import { exportLinkWordingOf } from '#lib/domain/wording/export-link.ts';
import { readingOf } from '#lib/domain/wording/reading.ts';
import { type Page, renderShell } from './shell.tsx';

/** The files of an export that has several, each at an address that leads on to a fresh signed one (EXP-4). */
export const renderExportFiles = (
  files: readonly Pick<ExportFile, 'name'>[],
  given: { language: string; addressOf: (place: number) => string },
): Page => {
  const { language, addressOf } = given;
  const { heading } = exportLinkWordingOf(language);
  return renderShell({
    title: heading,
    reading: readingOf({ language, locale: language, currency: 'EUR' }),
    children: (
      <main className="alone">
        <h1>{heading}</h1>
        <ul>
          {files.map(({ name }, index) => (
            <li key={name}>
              <a href={addressOf(index + 1)}>{name}</a>
            </li>
          ))}
        </ul>
      </main>
    ),
  });
};
