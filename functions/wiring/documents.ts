import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { documentStore } from '#lib/documents/document-store.ts';
import { fromEnvironment, once } from './environment.ts';

/** S3. The local service's wants the bucket in the path. */
export const s3 = once(() => {
  const { S3_PATH_STYLE } = fromEnvironment(z.object({ S3_PATH_STYLE: z.string().optional() }));
  return new S3Client({
    forcePathStyle: S3_PATH_STYLE === 'true',
    // A signed address must be the plain one: no checksum is known when it is made.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
});

/** The bucket of PDFs. */
export const documents = once(() => {
  const { DOCUMENTS_BUCKET } = fromEnvironment(z.object({ DOCUMENTS_BUCKET: z.string() }));
  return documentStore(s3(), DOCUMENTS_BUCKET);
});
