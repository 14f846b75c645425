/** Files as somebody chose them, before a byte of them is read. */

/** Why a file is left out: it can be told by its name and size alone. */
export type Left = 'no-picture' | 'empty' | 'workbook';

export interface Picked {
  readonly file: File;
  /** Name of the folder it lay in; '' where it was chosen by itself. */
  readonly folder: string;
  /** Folders and name, below what was chosen. */
  readonly path: string;
  /** '' where it is sent. */
  readonly left: Left | '';
}

/** A file that goes with the pictures, or that they are in. */
export interface Extra {
  /** table: values for single pictures. archive: a zip of pictures. */
  readonly kind: 'table' | 'archive';
  readonly file: File;
}

const PICTURES = /\.(?:jpe?g|jpe|jfif|png|apng|webp|avif|hei[cf]s?|hif|tiff?|bmp|dib|gif)$/i;
const READABLE = /^image\/(?:jpeg|pjpeg|png|apng|webp|avif|hei[cf]|tiff|bmp|x-ms-bmp|gif)$/;
const TABLES = /\.(?:csv|tsv)$/i;
const ARCHIVES = /\.zip$/i;
const WORKBOOKS = /\.(?:xlsx?|xlsm|xlsb|ods|numbers)$/i;
/** Left behind by systems and by programs: nobody chose these. */
const HIDDEN = /^(?:\.|thumbs\.db$|ehthumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/** What the file chooser offers. */
export const ACCEPTED =
  'image/jpeg,image/png,image/webp,image/avif,image/heif,image/heic,image/tiff,image/bmp,image/gif,.heic,.heif,.csv,.zip';

/** As Picked, without what systems leave in folders, and without spreadsheets and zips. */
export function picksOf(files: readonly File[]): Picked[] {
  return files.flatMap((file) => {
    const parts = partsOf(file);
    if (isHidden(parts) || kindOf(file) !== undefined) return [];
    return [{ file, folder: parts.at(-2) ?? '', path: parts.join('/'), left: reasonOf(file) }];
  });
}

/** The spreadsheets and zips among them. */
export function extrasOf(files: readonly File[]): Extra[] {
  return files.flatMap((file) => {
    const kind = kindOf(file);
    return kind === undefined || isHidden(partsOf(file)) ? [] : [{ kind, file }];
  });
}

function kindOf({ name }: File): Extra['kind'] | undefined {
  if (TABLES.test(name)) return 'table';
  return ARCHIVES.test(name) ? 'archive' : undefined;
}

function reasonOf({ name, type, size }: File): Left | '' {
  if (WORKBOOKS.test(name)) return 'workbook';
  if (!READABLE.test(type) && !PICTURES.test(name)) return 'no-picture';
  return size === 0 ? 'empty' : '';
}

const isHidden = (parts: readonly string[]): boolean => parts.some((part) => HIDDEN.test(part));

const partsOf = (file: File): string[] =>
  pathOf(file)
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');

/** Of a dropped or chosen folder; the name alone elsewhere. */
function pathOf(file: File): string {
  const dropped = 'relativePath' in file && typeof file.relativePath === 'string' ? file.relativePath : '';
  return file.webkitRelativePath || dropped || file.name;
}

/** Two of them are one file, as far as can be told without reading. */
export const sameness = ({ file, folder = '' }: { readonly file: File; readonly folder?: string }): string =>
  JSON.stringify([folder, file.name, file.size, file.lastModified]);

/** As a tag: no commas, not too long. '' where nothing is left. */
export const tagOf = (folder: string): string => folder.replaceAll(',', ' ').trim().slice(0, 60).trim();

export const bytesOf = (files: readonly { readonly file: File }[]): number =>
  files.reduce((sum, { file }) => sum + file.size, 0);
