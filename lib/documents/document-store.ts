import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
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
  put(key: string, pdf: Uint8Array): Promise<void>;
  /** The PDF, or undefined if there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  exists(key: string): Promise<boolean>;
  /**
   * An address that anyone can fetch the PDF from for that many seconds, under that file name.
   * @throws RangeError if it is to live for longer than `longestLife`.
   */
  signedUrl(key: string, options: { seconds: number; fileName: string }): Promise<string>;
};

/** The PDFs in a bucket. Errors of S3 are thrown as they are. */
export function documentStore(s3: S3Client, bucket: string): DocumentStore {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    put: async (key, pdf) => {
      await s3.send(
        new PutObjectCommand({ ...at(key), Body: pdf, ContentType: pdfType, CacheControl: 'no-store' }),
      );
    },
    get: (key) =>
      unlessMissing(async () => {
        const { Body } = await s3.send(new GetObjectCommand(at(key)));
        return Body?.transformToByteArray();
      }),
    exists: async (key) => (await unlessMissing(() => s3.send(new HeadObjectCommand(at(key))))) !== undefined,
    signedUrl: (key, { seconds, fileName }) => {
      if (!(seconds > 0 && seconds <= longestLife))
        throw new RangeError(`${seconds} s is no life of an address`);
      const command = new GetObjectCommand({
        ...at(key),
        ResponseContentType: pdfType,
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
