import * as z from 'zod';
import { fileStore } from '#lib/exports/file-store.ts';
import { documents, s3 } from './documents.ts';
import { fromEnvironment, once } from './environment.ts';

const environment = z.object({
  DOCUMENTS_BUCKET: z.string(),
  /** Bytes of a part of a file that is written in several steps: S3 wants 5 MiB at least. */
  EXPORT_PART_BYTES: z.coerce.number().default(8 * 1_024 * 1_024),
  /** A ZIP that has so many bytes takes no more: it lies in memory, twice at its end. */
  EXPORT_ZIP_BYTES: z.coerce.number().default(250 * 1_024 * 1_024),
  /** How often a step that makes a whole file says how far it is. */
  EXPORT_PROGRESS_MS: z.coerce.number().default(2_000),
});

/** The files of exports, beside the PDFs. */
export const exportFiles = once(() =>
  fileStore(s3(), fromEnvironment(environment).DOCUMENTS_BUCKET, documents()),
);
export const partBytes = (): number => fromEnvironment(environment).EXPORT_PART_BYTES;
export const progressMs = (): number => fromEnvironment(environment).EXPORT_PROGRESS_MS;
export const zipBytes = (): number => fromEnvironment(environment).EXPORT_ZIP_BYTES;
