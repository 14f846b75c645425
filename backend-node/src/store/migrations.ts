/** How rows of older versions become today's, one list for both databases. Only ever add at the end. */
import { GatewayError } from '../errors.ts';
import type { Collection, Row } from './rows.ts';
import { showingImages } from './showing-images.ts';

/** Gives the row as it shall be; the very same object where nothing changes. */
export type Migration = (collection: Collection, row: Row) => Row;

/** Made anew for each walk over all rows: it may remember those it met. They come as OUTERMOST_FIRST says. */
export type NewMigration = () => Migration;

export const MIGRATIONS: readonly NewMigration[] = [showingImages];

/** Those still to do for a database that is at this version, from 1. */
export function pending(version: number, migrations: readonly NewMigration[]): readonly Migration[] {
  const newest = migrations.length + 1;
  if (version > newest) {
    const detail = `Expected a database of version ${newest} or older, received version ${version}: a newer Vitrine wrote it`;
    throw new GatewayError('store_unavailable', detail);
  }
  return migrations.slice(version - 1).map((make) => make());
}
