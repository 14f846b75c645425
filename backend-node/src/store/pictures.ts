/** The files of an image: which blob, and of what type. */
import { notFound } from '../errors.ts';
import type { ImageRow, VersionRow } from './rows.ts';
import type { Store } from './store.ts';

export interface Picture {
  readonly blob: string;
  readonly mime: string;
}

/** Throws not_found where the image has no such version. */
export async function versionOf(store: Store, image: ImageRow, id: string): Promise<VersionRow> {
  const version = await store.get('versions', id);
  if (version?.image !== image.id) throw notFound('a version of this image');
  return version;
}

export const originalOf = ({ blob, facts }: ImageRow): Picture => ({ blob, mime: textOf(facts['mime']) });

export const resultOf = ({ blob, rendered }: VersionRow): Picture => ({ blob, mime: textOf(rendered['mime']) });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
