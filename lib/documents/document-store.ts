import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** Which PDF: an invoice has one for each `documentVersion` (EDIT-8), made from one HTML document. */
export type PdfName = {
  accountId: string;
  invoiceId: string;
  documentVersion: number;
  /** Of the HTML that it was made from, see `contentHash`. */
  contentHash: string;
};

/** SHA-256 of a document's HTML, in hexadecimal. */
export const contentHash = (html: string): string => createHash('sha256').update(html).digest('hex');

/** What the keys of an account's, an invoice's PDFs begin with. */
export const pdfPrefix = ({ accountId, invoiceId }: Pick<PdfName, 'accountId' | 'invoiceId'>): string =>
  `pdf/${accountId}/${invoiceId}/`;

/** The key of a PDF: nobody guesses it who has not seen the document. */
export const pdfKey = (name: PdfName): string =>
  `${pdfPrefix(name)}${String(name.documentVersion).padStart(6, '0')}-${name.contentHash}.pdf`;

/** LINK-5: seconds that a signed address lives at most. */
export const longestLife = 300;

export type DocumentStore = {
  /** A PDF, unless another media type is named. */
  put(key: string, bytes: Uint8Array, mediaType?: string): Promise<void>;
  /** The bytes, or undefined if there are none. */
  get(key: string): Promise<Uint8Array | undefined>;
  exists(key: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Removes all whose key begins so: an invoice's PDFs (DEL-3). */
  removeAll(prefix: string): Promise<void>;
  /**
   * An address that anyone can fetch the PDF (or what the media type says) from for that many seconds, under that
   * file name.
   * @throws RangeError if it is to live for longer than `longestLife`.
   */
  signedUrl(key: string, options: { seconds: number; fileName: string; mediaType?: string }): Promise<string>;
};

/** The PDFs and logos in a bucket. Errors of S3 are thrown as they are. */
export function documentStore(s3: S3Client, bucket: string): DocumentStore {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    put: async (key, bytes, mediaType = pdfType) => {
      await s3.send(
        new PutObjectCommand({ ...at(key), Body: bytes, ContentType: mediaType, CacheControl: 'no-store' }),
      );
    },
    get: (key) =>
      unlessMissing(async () => {
        const { Body } = await s3.send(new GetObjectCommand(at(key)));
        return Body?.transformToByteArray();
      }),
    exists: async (key) => (await unlessMissing(() => s3.send(new HeadObjectCommand(at(key))))) !== undefined,
    remove: async (key) => {
      await s3.send(new DeleteObjectCommand(at(key)));
    },
    removeAll: async (prefix) => {
      for (;;) {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
        if (Contents.length === 0) return;
        await Promise.all(
          Contents.map(({ Key }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))),
        );
      }
    },
    signedUrl: (key, { seconds, fileName, mediaType = pdfType }) => {
      if (!(seconds > 0 && seconds <= longestLife))
        throw new RangeError(`${seconds} s is no life of an address`);
      const command = new GetObjectCommand({
        ...at(key),
        ResponseContentType: mediaType,
        ResponseContentDisposition: disposition(fileName),
      });
      return getSignedUrl(s3, command, { expiresIn: seconds });
    },
  };
}

const pdfType = 'application/pdf';

const unlessMissing = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (failure) {
    if (failure instanceof Error && ['NoSuchKey', 'NotFound'].includes(failure.name)) return undefined;
    throw failure;
  }
};

/** RFC 6266, with the name twice: as ASCII for old clients, and whole in the encoding of RFC 8187. */
export const disposition = (fileName: string): string => {
  const plain = fileName.replace(/[^A-Za-z0-9 ._+-]/g, '_');
  const whole = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `inline; filename="${plain}"; filename*=UTF-8''${whole}`;
};
