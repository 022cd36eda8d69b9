import { asPage, redirectTo } from '#functions/buyer/pages.ts';
import { handle } from '#functions/http/handler.ts';
import { exportFiles } from '#functions/wiring/exports.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { openExportLink } from './contract.ts';
import { exportOfLink } from './resolve-export-link.ts';

export const handler = handle(openExportLink, {
  run: ({ params, query, headers, now }) =>
    asPage(headers, async () => {
      const { files } = await exportOfLink(params.token, now);
      if (query.file === undefined && files.length > 1) return redirectTo(`/x/${params.token}/files`, 302);
      const file = files[Number(query.file ?? '1') - 1];
      if (file === undefined) throw new Refusal('not_found');
      return redirectTo(await exportFiles().signedUrl(file.key, file.name), 302);
    }),
});
