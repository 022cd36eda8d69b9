import * as z from 'zod';
import { fileStore } from '#lib/exports/file-store.ts';
import { documents, s3 } from './documents.ts';
import { fromEnvironment, once } from './environment.ts';

const environment = z.object({
  DOCUMENTS_BUCKET: z.string(),
  /** Bytes of a part of a file that is written in several steps: S3 wants 5 MiB at least. */
  EXPORT_PART_BYTES: z.coerce.number().default(8 * 1_024 * 1_024),
});

/** The files of exports, beside the PDFs. */
export const exportFiles = once(() =>
  fileStore(s3(), fromEnvironment(environment).DOCUMENTS_BUCKET, documents()),
);
export const partBytes = (): number => fromEnvironment(environment).EXPORT_PART_BYTES;
