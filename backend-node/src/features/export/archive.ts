/** Pictures as a zip that is made while it is sent: one file is read at a time, and no faster than the caller takes it. */
import { Readable } from 'node:stream';
import type { ZipFile } from 'yazl';
import type { ZipWish } from '../../contract/image-export.ts';
import { isProblem } from '../../errors.ts';
import { add, failureOf } from '../../http/zip.ts';
import type { Context } from '../../http/call.ts';
import { Rendered } from '../../processing/shapes.ts';
import { thumbType } from '../../processing/send-blob.ts';
import { originalOf, resultOf, type Picture } from '../../store/pictures.ts';
import type { ImageRow, VersionRow } from '../../store/rows.ts';
import { cellsOf, HEADINGS, type FileFacts } from './columns.ts';
import { csvLine } from '../../http/csv.ts';
import { FreeNames } from './free-names.ts';
import type { ExportParts } from './parts.ts';
import { picked } from './picks.ts';

const Size = Rendered.pick({ width: true, height: true, bytes: true });

interface Packed {
  readonly file: string;
  readonly mask: string;
  readonly problem: string;
  readonly facts: FileFacts;
}

/** Adds everything to the zip and ends it. Rejects where the caller goes away. */
export async function pack(zip: ZipFile, parts: ExportParts, context: Context, wish: ZipWish): Promise<void> {
  const names = new FreeNames();
  const broken = failureOf(zip, context.signal);
  const table = [csvLine(['file', 'mask', 'problem', ...HEADINGS])];
  for await (const row of picked(parts.store, context.who.id, wish)) {
    const { file, mask, problem, facts } = await packImage(zip, parts, context, { row, wish, names, broken });
    table.push(csvLine([file, mask, problem, ...cellsOf(row, facts)]));
  }
  zip.addBuffer(Buffer.from(table.join('')), 'result.csv');
  zip.end();
}

interface Packing {
  readonly row: ImageRow;
  readonly wish: ZipWish;
  readonly names: FreeNames;
  readonly broken: Promise<never>;
}

/** A picture that cannot be read does not end the archive: the table says so. */
async function packImage(
  zip: ZipFile,
  parts: ExportParts,
  context: Context,
  { row, wish, names, broken }: Packing,
): Promise<Packed> {
  const packed = { file: '', mask: '', problem: '', facts: {} };
  try {
    const version = row.current_version === '' ? undefined : await parts.store.get('versions', row.current_version);
    const picture = await opened(parts, context, row, version, wish.variant);
    packed.file = names.picture(row.name, picture.mime);
    packed.facts = picture.facts;
    await add(zip, picture.stream, packed.file, broken);
    if (wish.masks && version && version.mask_blob !== '') {
      const mask = await parts.processing.open(version.mask_blob, context);
      packed.mask = names.maskOf(packed.file);
      await add(zip, mask, packed.mask, broken);
    }
  } catch (error) {
    if (!isProblem(error, 'not_found', 'corrupt_blob')) throw error;
    packed.problem = 'corrupt_blob';
  }
  return packed;
}

interface Content extends Pick<Picture, 'mime'> {
  readonly stream: Readable;
  readonly facts: FileFacts;
}

async function opened(
  { processing }: ExportParts,
  context: Context,
  row: ImageRow,
  version: VersionRow | undefined,
  variant: ZipWish['variant'],
): Promise<Content> {
  if (variant === 'thumb') {
    const blob = version?.thumb ?? row.thumb;
    const bytes = await processing.small(blob, context);
    const mime = thumbType(bytes);
    // Nobody keeps the size of thumbs.
    const facts = { width: '', height: '', bytes: bytes.length, format: formatOf(mime), blob };
    return { stream: Readable.from([bytes], { objectMode: false }), mime, facts };
  }
  const isVersion = variant === 'version' && version !== undefined;
  const { blob, mime } = isVersion ? resultOf(version) : originalOf(row);
  const facts = isVersion ? factsOf(version) : {};
  return { stream: await processing.open(blob, context), mime, facts };
}

function factsOf(version: VersionRow): FileFacts {
  const { blob, mime } = resultOf(version);
  const { width, height, bytes } = Size.parse(version.rendered);
  return { width, height, bytes, format: formatOf(mime), blob };
}

const formatOf = (mime: string): string => mime.replace('image/', '');
