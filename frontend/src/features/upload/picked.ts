/** Files as somebody chose them, before a byte of them is read. */

/** Why a file is left out: it can be told by its name and size alone. */
export type Left = 'no-picture' | 'empty';

export interface Picked {
  readonly file: File;
  /** Name of the folder it lay in; '' where it was chosen by itself. */
  readonly folder: string;
  /** '' where it is sent. */
  readonly left: Left | '';
}

const PICTURES = /\.(?:jpe?g|jpe|jfif|png|apng|webp|avif|hei[cf]s?|hif|tiff?|bmp|dib|gif)$/i;
const READABLE = /^image\/(?:jpeg|pjpeg|png|apng|webp|avif|hei[cf]|tiff|bmp|x-ms-bmp|gif)$/;
/** Left behind by systems and by programs: nobody chose these. */
const HIDDEN = /^(?:\.|thumbs\.db$|ehthumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/** What the file chooser offers. */
export const ACCEPTED =
  'image/jpeg,image/png,image/webp,image/avif,image/heif,image/heic,image/tiff,image/bmp,image/gif,.heic,.heif';

/** As Picked, without what systems leave in folders. */
export function picksOf(files: readonly File[]): Picked[] {
  return files.flatMap((file) => {
    const parts = pathOf(file).split('/').filter(Boolean);
    if (parts.some((part) => HIDDEN.test(part) && part !== '.' && part !== '..')) return [];
    return [{ file, folder: parts.at(-2)?.replace(/^\.+$/, '') ?? '', left: reasonOf(file) }];
  });
}

function reasonOf({ name, type, size }: File): Left | '' {
  if (!READABLE.test(type) && !PICTURES.test(name)) return 'no-picture';
  return size === 0 ? 'empty' : '';
}

/** Of a dropped or chosen folder; the name alone elsewhere. */
function pathOf(file: File): string {
  const dropped = 'relativePath' in file && typeof file.relativePath === 'string' ? file.relativePath : '';
  return file.webkitRelativePath || dropped || file.name;
}

/** Two of them are one file, as far as can be told without reading. */
export const sameness = ({ file, folder }: Picked): string =>
  JSON.stringify([folder, file.name, file.size, file.lastModified]);

/** As a tag: no commas, not too long. '' where nothing is left. */
export const tagOf = (folder: string): string => folder.replaceAll(',', ' ').trim().slice(0, 60).trim();

export const bytesOf = (picks: readonly Picked[]): number => picks.reduce((sum, { file }) => sum + file.size, 0);
