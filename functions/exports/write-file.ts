import { createHash, randomUUID } from 'node:crypto';
import { documents } from '#functions/wiring/documents.ts';
import { exportFiles, partBytes, progressMs } from '#functions/wiring/exports.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { Stale } from '#lib/data/transaction.ts';
import { dayIn } from '#lib/domain/day.ts';
import { type Export, type ExportProgress, isUnderWay, newExport } from '#lib/domain/exports/export.ts';
import { fileName } from '#lib/domain/exports/file-name.ts';
import type {
  Encode,
  Encoded,
  OpenFile,
  StreamEncoder,
  WholeEncoder,
  Written,
} from '#lib/exports/encoder.ts';
import { filesPrefix, type Upload } from '#lib/exports/file-store.ts';
import { hashOn } from '#lib/exports/hash.ts';
import { counted } from './counted.ts';
import { type Batch, type Job, readBatch, readWhole } from './read-batch.ts';
import { finishExport, saveExport } from './save-export.ts';
import { notePassed } from './since-last.ts';

/** Files of exports as they are written: part by part, or whole. */

type Kept = Pick<Batch, 'unknownIds' | 'skipped'> & { changed: string[] };
type Piece = { stored: Export; encoded: Encoded[]; kept: Kept; progress: Batch['progress'] };

const encode = async <Answer extends Written>(
  { stored }: Job,
  file: Encode<Answer | Promise<Answer>>,
  { headers, passed }: Batch,
): Promise<Answer> => {
  if (file.reads === 'headers') return file.encode(headers);
  const { invoices, skipped } = await readWhole(headers);
  const written = await file.encode(invoices);
  await notePassed(stored, passed, written);
  return { ...written, skipped: [...written.skipped, ...skipped] };
};

/** Shows now and then how many rows there are of what is not done yet. */
const teller = (job: Job) => {
  let { stored } = job;
  let toldAt = Date.now();
  return {
    /** As it was written last. */
    stored: (): Export => stored,
    tell: async (ahead: number): Promise<void> => {
      if (Date.now() - toldAt < progressMs()) return;
      stored = await saveExport(stored, { ...stored, progress: { ...job.progress, ahead } });
      toldAt = Date.now();
    },
  };
};

/** Reads on until there is enough for a part, or no more. */
const nextPiece = async (job: Job, encoder: StreamEncoder): Promise<Piece> => {
  const { stored, tell } = teller(job);
  const piece: Omit<Piece, 'stored'> = {
    encoded: [],
    kept: { unknownIds: [], skipped: [], changed: [] },
    progress: job.progress,
  };
  if (job.progress.file.bytes === 0)
    piece.encoded.push({ bytes: encoder.head, rows: 0, exported: [], skipped: [] });
  let bytes = 0;
  let rows = 0;
  while (!piece.progress.isEnd && bytes < partBytes()) {
    const batch = await readBatch({ ...job, progress: { ...job.progress, ...piece.progress } });
    const encoded = await encode(job, encoder, batch);
    bytes += encoded.bytes.length;
    piece.encoded.push(encoded);
    piece.kept.unknownIds.push(...batch.unknownIds);
    piece.kept.skipped.push(...batch.skipped);
    piece.kept.changed.push(...(batch.changed ?? []));
    piece.progress = batch.progress;
    rows += encoded.rows;
    await tell(rows);
  }
  return { ...piece, stored: stored() };
};

const nameOf = ({ stored, account, encoder }: Job, place: number | undefined): string =>
  fileName(stored.order.format, {
    ...{ day: dayIn(account.timeZone, stored.createdAt), extension: encoder.extension, place },
    siren: account.seller.legalId,
  });
const prefixOf = ({ stored: { accountId, id } }: Job): string => filesPrefix({ accountId, exportId: id });

/** A file that nobody will ask for, since the export was cancelled meanwhile, goes again. */
const unlessOver = async <T>(stored: Export, key: string, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const now = await readRecord(table(), exports, stored.accountId, stored.id);
    const isNamed = now?.files.some((file) => file.key === key) ?? false;
    if (now === undefined || (!isUnderWay(now) && !isNamed)) await documents().removeAll(key);
    throw error;
  }
};

/** The upload is lost, or was written by two steps at once: all begins anew, under another key. */
const restart = async (stored: Export, upload: Upload): Promise<'more'> => {
  const { id, accountId, order, createdAt, createdBy, revision, restarts } = stored;
  const { scheduleId, dueAt, window, mail } = stored;
  if (restarts >= 3) throw new Error(`export ${id} lost its upload again and again`);
  const first = { id, accountId, order, createdAt, createdBy, scheduleId, dueAt, window, mail };
  const again = newExport(first);
  await saveExport(stored, { ...again, status: 'running', revision, restarts: restarts + 1 });
  // One that was written by two steps is still there.
  await exportFiles().abort(upload);
  return 'more';
};

/** Makes the file of its parts, and notes that all is done. */
const complete = async (job: Job, stored: Export, file: ExportProgress['file']) => {
  const { upload, hash = '' } = file;
  if (upload === undefined) throw new Error(`export ${stored.id} has no upload`);
  if (!(await exportFiles().complete(upload, upload.parts))) return restart(stored, upload);
  const { digest } = await hashOn(hash, new Uint8Array());
  const { rows, bytes } = file;
  const done = { name: nameOf(job, undefined), key: upload.key, sha256: digest, bytes, rows };
  await unlessOver(stored, upload.key, () => finishExport(job.account, stored, { ...stored, files: [done] }));
  return 'over' as const;
};

const newUpload = async (job: Job, { mediaType }: StreamEncoder) => {
  const key = `${prefixOf(job)}${randomUUID()}/${nameOf(job, undefined)}`;
  return { ...(await exportFiles().begin(key, mediaType)), parts: [] };
};

/** One part more of the one file, with its checkpoint; or all of it, where it is smaller than a part. */
export const writePart = async (job: Job): Promise<'more' | 'over'> => {
  const { progress } = job;
  const encoder = job.encoder as StreamEncoder;
  if (progress.isEnd) return complete(job, job.stored, progress.file);
  const { stored, encoded, kept, progress: reached } = await nextPiece(job, encoder);
  const bytes = Buffer.concat(encoded.map((piece) => piece.bytes));
  const read = counted(stored, kept, encoded);
  const next = { ...read, bytes: read.bytes + bytes.length };
  const { file } = progress;
  const { state, digest } = await hashOn(file.hash, bytes);
  const written = { rows: next.rowsDone, bytes: file.bytes + bytes.length, hash: state };
  if (reached.isEnd && file.upload === undefined) {
    const name = nameOf(job, undefined);
    const key = `${prefixOf(job)}${digest}/${name}`;
    await documents().put(key, bytes, encoder.mediaType);
    const done = { name, key, sha256: digest, bytes: bytes.length, rows: next.rowsDone };
    await unlessOver(stored, key, () => finishExport(job.account, stored, { ...next, files: [done] }));
    return 'over';
  }
  const upload = file.upload ?? (await newUpload(job, encoder));
  const { parts } = upload;
  // The last part may be without a byte: S3 takes that only where it is the only one.
  const tags =
    bytes.length === 0 ? parts : [...parts, await exportFiles().part(upload, parts.length + 1, bytes)];
  const withPart = { ...written, upload: { ...upload, parts: tags } };
  const withFile = { ...next, progress: { ...reached, file: withPart } };
  const saved = await saveExport(stored, withFile).catch(async (error) => {
    // Nobody else knows of an upload that was begun here.
    if (error instanceof Stale && file.upload === undefined) await exportFiles().abort(upload);
    throw error;
  });
  return reached.isEnd ? complete(job, saved, withPart) : 'more';
};

type Filled = { stored: Export; next: Export; progress: ExportProgress };
/** Fills a file with all that it has room for. */
const fill = async (job: Job, file: OpenFile, room: number): Promise<Filled> => {
  const { stored, tell } = teller(job);
  let next = job.stored;
  let progress = { ...job.progress, ahead: 0 };
  for (let taken = 0; !progress.isEnd && taken < room && !file.isFull?.(); ) {
    const batch = await readBatch({ ...job, progress }, room - taken);
    next = counted(next, batch, [await encode(job, file, batch)]);
    taken += batch.headers.length;
    progress = { ...progress, ...batch.progress };
    await tell(next.rowsDone - job.stored.rowsDone);
  }
  return { stored: stored(), next, progress };
};

/** One whole file more, with its checkpoint. */
export const writeWhole = async (job: Job): Promise<'more' | 'over'> => {
  const encoder = job.encoder as WholeEncoder;
  const file = encoder.open();
  const { stored, next, progress } = await fill(job, file, encoder.invoicesAtMost);
  const content = await file.end();
  const bytes = content.length;
  const rows = next.rowsDone - stored.rowsDone;
  // What is left may be nothing: then the files before are all there is.
  const isEmpty = rows === 0 && stored.files.length > 0;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const place = stored.files.length + 1;
  const name = nameOf(job, progress.isEnd && place === 1 ? undefined : place);
  const key = `${prefixOf(job)}${sha256}/${name}`;
  if (!isEmpty) await documents().put(key, content, encoder.mediaType);
  const files = isEmpty ? stored.files : [...stored.files, { name, key, sha256, bytes, rows }];
  const done = { ...next, bytes: next.bytes + bytes, files };
  return unlessOver(stored, key, async () => {
    if (progress.isEnd) {
      await finishExport(job.account, stored, done);
      return 'over';
    }
    await saveExport(stored, { ...done, progress });
    return 'more';
  });
};
