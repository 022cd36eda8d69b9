import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalS3, startS3 } from '#infra/local/s3.ts';
import { LOCAL_CREDENTIALS } from '#infra/local/s3-signature.ts';
import { contentHash, type DocumentStore, documentStore, pdfKey } from '#lib/documents/document-store.ts';

const bucket = 'documents';
const pdf = new TextEncoder().encode('%PDF-1.4 of a test');
const key = pdfKey({
  accountId: 'acc_1',
  invoiceId: 'inv_1',
  documentVersion: 1,
  contentHash: contentHash('<p>'),
});

let s3: LocalS3;
let store: DocumentStore;

beforeAll(async () => {
  s3 = await startS3({ port: 0, dataDir: undefined });
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'eu-west-1',
    forcePathStyle: true,
    credentials: LOCAL_CREDENTIALS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  store = documentStore(client, bucket);
});
afterAll(() => s3.stop());

describe('the PDFs in their bucket', () => {
  it('PDF-3: gives back what was put, and knows what is not there', async () => {
    expect(await store.exists(key)).toBe(false);
    expect(await store.get(key)).toBeUndefined();
    await store.put(key, pdf);
    expect(await store.exists(key)).toBe(true);
    expect(Buffer.from((await store.get(key)) ?? [])).toEqual(Buffer.from(pdf));
  });

  it('LINK-5: signs an address that gives the PDF under its file name', async () => {
    await store.put(key, pdf);
    const response = await fetch(await store.signedUrl(key, { seconds: 60, fileName: 'Facture n° 7.pdf' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toBe(
      `inline; filename="Facture n_ 7.pdf"; filename*=UTF-8''Facture%20n%C2%B0%207.pdf`,
    );
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(pdf));
  });

  it('LINK-5: gives nothing without the signature', async () => {
    await store.put(key, pdf);
    const address = new URL(await store.signedUrl(key, { seconds: 60, fileName: 'a.pdf' }));
    address.search = '';
    expect((await fetch(address)).status).toBe(403);
  });

  it.each([301, 0, -1, Number.NaN])('LINK-5: signs no address that is to live for %d seconds', (seconds) => {
    expect(() => store.signedUrl(key, { seconds, fileName: 'a.pdf' })).toThrow(RangeError);
  });
});
