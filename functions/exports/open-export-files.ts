import { asPage, pageAnswer } from '#functions/buyer/pages.ts';
import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { renderExportFiles } from '#lib/page/export-files.tsx';
import { openExportFiles } from './contract.ts';
import { exportOfLink } from './resolve-export-link.ts';

export const handler = handle(openExportFiles, {
  run: ({ params, headers, now }) =>
    asPage(headers, async () => {
      const { accountId, files } = await exportOfLink(params.token, now);
      const { language } = await accountSettings(accountId);
      const addressOf = (place: number): string => `/x/${params.token}?file=${place}`;
      return pageAnswer(renderExportFiles(files, { language, addressOf }));
    }),
});
