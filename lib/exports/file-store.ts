import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type DocumentStore, longestLife } from '#lib/documents/document-store.ts';

/** Files of exports in the bucket of documents: those that are written in parts of at least 5 MiB, the last one aside. */

export type Upload = { key: string; uploadId: string };

/** What the keys of an export's files begin with. */
export const filesPrefix = ({ accountId, exportId }: { accountId: string; exportId: string }): string =>
  `exports/${accountId}/${exportId}/`;

const isNamed = (failure: unknown, ...names: string[]): boolean =>
  failure instanceof Error && names.includes(failure.name);

const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"`;

/** Errors of S3 are thrown as they are. */
export const fileStore = (s3: S3Client, bucket: string, { exists }: Pick<DocumentStore, 'exists'>) => {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    begin: async (key: string, mediaType: string): Promise<Upload> => {
      const { UploadId } = await s3.send(
        new CreateMultipartUploadCommand({ ...at(key), ContentType: mediaType }),
      );
      if (UploadId === undefined) throw new Error('an upload without an id');
      return { key, uploadId: UploadId };
    },
    /** Uploads a part; answers its ETag. The same part again takes its place. */
    part: async ({ key, uploadId }: Upload, number: number, bytes: Uint8Array): Promise<string> => {
      const { ETag } = await s3.send(
        new UploadPartCommand({ ...at(key), UploadId: uploadId, PartNumber: number, Body: bytes }),
      );
      if (ETag === undefined) throw new Error('a part without an ETag');
      return ETag;
    },
    /** Makes a file of the parts. False where the upload is gone, or a part is another than the one that was noted. */
    complete: async ({ key, uploadId }: Upload, parts: readonly string[]): Promise<boolean> => {
      if (await exists(key)) return true;
      try {
        await s3.send(
          new CompleteMultipartUploadCommand({
            ...at(key),
            UploadId: uploadId,
            MultipartUpload: { Parts: parts.map((ETag, index) => ({ ETag, PartNumber: index + 1 })) },
          }),
        );
        return true;
      } catch (failure) {
        if (isNamed(failure, 'NoSuchUpload', 'InvalidPart')) return exists(key);
        throw failure;
      }
    },
    /** Ends an upload and its parts. One that is gone already is as good as ended. */
    abort: async ({ key, uploadId }: Upload): Promise<void> => {
      try {
        await s3.send(new AbortMultipartUploadCommand({ ...at(key), UploadId: uploadId }));
      } catch (failure) {
        // The local service's S3 knows no such call.
        if (!isNamed(failure, 'NoSuchUpload', 'NoSuchKey', 'NotImplemented', 'MethodNotAllowed'))
          throw failure;
      }
    },
    /** An address of a file, for `longestLife` seconds. */
    signedUrl: (key: string, name: string): Promise<string> =>
      getSignedUrl(s3, new GetObjectCommand({ ...at(key), ResponseContentDisposition: attachment(name) }), {
        expiresIn: longestLife,
      }),
  };
};
