/** One picture: its bytes to the processing service, and then the row that remembers it. */
import type { Readable } from 'node:stream';
import type { UploadFields, UploadItem } from '../contract/image-upload.ts';
import { Image } from '../contract/image.ts';
import { GatewayError, isProblem } from '../errors.ts';
import { ownEntry } from '../events/journal.ts';
import type { Acting } from '../http/call.ts';
import { newId, timeOf } from '../ids.ts';
import type { Ingested } from '../processing/shapes.ts';
import { putIn } from '../store/in-albums.ts';
import { releasing } from '../store/released.ts';
import { retried } from '../store/retry.ts';
import type { ImageRow } from '../store/rows.ts';
import { originalShown } from '../store/shown.ts';
import { first, WriteConflict } from '../store/store.ts';
import { changeImage, restore, type Change } from './change.ts';
import type { IntakeParts } from './parts.ts';
import { imageWords } from './words.ts';

/** A picture as it is told of. */
export interface Named {
  /** As keptName makes one. */
  readonly name: string;
  readonly fields: UploadFields;
}

export interface Arriving extends Named {
  readonly body: Readable;
  /** Aborted while the bytes are not all there. */
  readonly signal: AbortSignal;
}

const MOST_TRIES = 3;

/** Rejects with what is wrong with the picture, the processing service or the database. Leaves nothing unremembered. */
export async function takeIn(parts: IntakeParts, context: Acting, file: Arriving): Promise<UploadItem> {
  const { signal } = file;
  const told = await parts.processing.ingest(file.body, { signal, request: context.request });
  return keepTaken(parts, context, file, told);
}

/** The processing service has its bytes: now the row. Otherwise they are let go of again. */
export async function keepTaken(parts: IntakeParts, context: Acting, file: Named, told: Ingested): Promise<UploadItem> {
  try {
    return await remember(parts, context, file, told);
  } catch (error) {
    await release(parts, context, told);
    throw error;
  }
}

async function remember(
  parts: IntakeParts,
  context: Acting,
  file: Named,
  told: Ingested,
  tries = MOST_TRIES,
): Promise<UploadItem> {
  const known = await first(parts.store, 'images', { where: { owner: context.who.id, blob: told.id } });
  if (known) {
    const recognised = await recognise(parts, context, file, known).catch((error: unknown) => {
      // Purged just now: it is a new one then.
      if (!isProblem(error, 'not_found') || tries === 0) throw error;
    });
    return recognised ?? remember(parts, context, file, told, tries - 1);
  }
  await expectAccount(parts, context);
  const row = rowOf(context.who.id, file, told);
  try {
    const entry = ownEntry(context, 'image.created', row.id, albumOf(file));
    await parts.journal.write([{ insert: 'images', row }], entry);
  } catch (error) {
    // The same bytes came twice at once.
    const twice = error instanceof WriteConflict && error.collection === 'images';
    if (!twice || tries === 0) throw error;
    return remember(parts, context, file, told, tries - 1);
  }
  return { name: file.name, status: 'created', image: Image.parse({ ...row, revision: 1 }) };
}

/** An upload may outlive the account it was for. Throws unauthorized. */
async function expectAccount({ store }: IntakeParts, { who }: Acting): Promise<void> {
  if ((await store.get('users', who.id))?.state === 'active') return;
  throw new GatewayError('unauthorized', 'Expected an account to put the picture into, it is gone or disabled');
}

/** Known already: back from the trash and into the album, where that is wished. */
async function recognise(
  parts: IntakeParts,
  context: Acting,
  file: Named,
  { id, state }: ImageRow,
): Promise<UploadItem> {
  const { album } = file.fields;
  const change: Change = (row) => (album === undefined ? restore(row) : putIn(restore(row), album));
  const entry =
    album === undefined || state === 'trashed'
      ? ownEntry(context, 'image.restored', id, albumOf(file))
      : ownEntry(context, 'album.images_added', album, { ids: [id] });
  const row = await changeImage(parts, context, { id, expected: undefined, change, entry });
  return { name: file.name, status: 'duplicate', image: Image.parse(row) };
}

const albumOf = ({ fields: { album } }: Named) => (album === undefined ? {} : { album });

function rowOf(owner: string, { name, fields }: Named, told: Ingested): Omit<ImageRow, 'revision'> {
  const { id: blob, thumb, thumbhash, ...facts } = told;
  const id = newId();
  const written = {
    name,
    title: '',
    sku: fields.sku ?? '',
    product_group: fields.product_group ?? '',
    tags: fields.tags ?? [],
    objects: [],
  };
  return {
    id,
    owner,
    blob,
    thumb,
    thumbhash,
    blobs: [...new Set([blob, thumb])],
    ...written,
    words: imageWords(written),
    albums: fields.album === undefined ? [] : [fields.album],
    state: 'active',
    review_state: 'original',
    score: -1,
    uploaded_at: timeOf(id),
    trashed_at: '',
    format: facts.format,
    bytes: facts.bytes,
    width: facts.width,
    height: facts.height,
    shown: originalShown(told),
    facts,
    current_version: '',
    versions: 0,
  };
}

/** The bytes are stored, the row is not: they may go again. Where even this cannot be written, verify finds them. */
async function release({ store }: IntakeParts, { log }: Acting, { id, thumb }: Ingested): Promise<void> {
  try {
    await retried(async () => store.write(await releasing(store, [id, thumb])));
  } catch (error) {
    log.warn({ err: error, blob: id }, 'a blob without an image could not be released');
  }
}
