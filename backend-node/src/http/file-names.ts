/** Names of files: what strangers call them, and what we call them when they are saved. */

const MOST_LETTERS = 255;
/** Control characters, line separators, byte order marks, and those that turn the direction of reading. */
const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
  'image/heif': ['heic', 'heif'],
  'image/tiff': ['tif', 'tiff'],
  'image/bmp': ['bmp'],
  'image/gif': ['gif'],
};

/** The name an uploaded file had, as one line of text and never a path. */
export function keptName(given: string): string {
  const base = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const seen = base.replaceAll(UNSEEN, '').trim();
  const letters = Array.from(seen);
  if (letters.length <= MOST_LETTERS) return seen === '' ? 'unnamed' : seen;
  const extension = /\.[\p{L}\p{N}]{1,8}$/u.exec(seen)?.[0] ?? '';
  return letters.slice(0, MOST_LETTERS - extension.length).join('') + extension;
}

/** The name without its extension, safe on every file system. */
export function stemOf(name: string): string {
  const stem = keptName(name).replace(/\.[\p{L}\p{N}]{1,8}$/u, '');
  const safe = stem
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const short = Array.from(safe).slice(0, 120).join('');
  if (short === '') return 'picture';
  // Names that Windows keeps for devices.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `${short}_` : short;
}

/** The usual extension of such a picture, without the dot. */
export const endingOf = (mime: string): string => EXTENSIONS[mime]?.[0] ?? 'bin';

/** A name to save a picture under: its extension is that of the bytes, whatever the upload was called. */
export function downloadName(name: string, mime: string): string {
  const known = EXTENSIONS[mime] ?? ['bin'];
  const own = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (known.includes(own)) return `${stemOf(name)}.${own}`;
  const picture = Object.values(EXTENSIONS).some((all) => all.includes(own));
  return `${stemOf(picture || own === '' ? name : `${name}.x`)}.${known[0] ?? 'bin'}`;
}
