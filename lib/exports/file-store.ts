import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** Files of exports in a bucket: written whole, or in parts of at least 5 MiB, the last one aside. */

export type Upload = { key: string; uploadId: string };
export type FileStore = ReturnType<typeof fileStore>;

/** What the keys of an export's files begin with. */
export const filesPrefix = ({ accountId, exportId }: { accountId: string; exportId: string }): string =>
  `exports/${accountId}/${exportId}/`;

/** Seconds that a signed address lives at most (EXP-3). */
export const longestLife = 300;

const isNamed = (failure: unknown, ...names: string[]): boolean =>
  failure instanceof Error && names.includes(failure.name);

const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"`;

/** Errors of S3 are thrown as they are. */
export const fileStore = (s3: S3Client, bucket: string) => {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  const exists = async (key: string): Promise<boolean> => {
    try {
      await s3.send(new HeadObjectCommand(at(key)));
      return true;
    } catch (failure) {
      if (isNamed(failure, 'NotFound', 'NoSuchKey')) return false;
      throw failure;
    }
  };
  return {
    exists,
    put: async (key: string, bytes: Uint8Array, mediaType: string): Promise<void> => {
      await s3.send(new PutObjectCommand({ ...at(key), Body: bytes, ContentType: mediaType }));
    },
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
        if (!isNamed(failure, 'NoSuchUpload', 'NoSuchKey', 'NotImplemented')) throw failure;
      }
    },
    get: async (key: string): Promise<Uint8Array | undefined> => {
      try {
        const { Body } = await s3.send(new GetObjectCommand(at(key)));
        return await Body?.transformToByteArray();
      } catch (failure) {
        if (isNamed(failure, 'NotFound', 'NoSuchKey')) return undefined;
        throw failure;
      }
    },
    removeAll: async (prefix: string): Promise<void> => {
      for (;;) {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
        if (Contents.length === 0) return;
        for (const { Key } of Contents) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      }
    },
    /** An address of a file, for `longestLife` seconds. */
    signedUrl: (key: string, name: string): Promise<string> =>
      getSignedUrl(s3, new GetObjectCommand({ ...at(key), ResponseContentDisposition: attachment(name) }), {
        expiresIn: longestLife,
      }),
  };
};
