import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { documentStore } from '#lib/documents/document-store.ts';
import { fromEnvironment, once } from './environment.ts';

/** The bucket of PDFs. The local service's S3 wants the bucket in the path. */
export const documents = once(() => {
  const { DOCUMENTS_BUCKET, S3_PATH_STYLE } = fromEnvironment(
    z.object({ DOCUMENTS_BUCKET: z.string(), S3_PATH_STYLE: z.string().optional() }),
  );
  const s3 = new S3Client({
    forcePathStyle: S3_PATH_STYLE === 'true',
    // A signed address must be the plain one: no checksum is known when it is made.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return documentStore(s3, DOCUMENTS_BUCKET);
});
