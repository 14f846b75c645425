/** What is to be sent, of all that was chosen: pictures one by one, or a zip. */
import { bytesOf, type Extra, type Picked } from './picked.ts';

/** Why it cannot begin as it is. */
export type Obstacle =
  'nothing' | 'two-tables' | 'two-archives' | 'archive-too-large' | 'archive-and-pictures' | 'table-alone';

export interface Plan {
  /** Those that are sent. */
  readonly pictures: readonly Picked[];
  readonly table: File | undefined;
  readonly archive: File | undefined;
  readonly bytes: number;
  /** Values of a spreadsheet are laid over a preset, and a zip is nothing but work: what is done must be said. */
  readonly needsPreset: boolean;
  readonly obstacle: Obstacle | undefined;
}

/** most_zip_bytes: a larger one would be refused once all of it was sent. */
export function planOf(picks: readonly Picked[], extras: readonly Extra[], most_zip_bytes = Infinity): Plan {
  const pictures = picks.filter(({ left }) => left === '');
  const tables = extras.filter(({ kind }) => kind === 'table');
  const archives = extras.filter(({ kind }) => kind === 'archive');
  return {
    pictures,
    table: tables[0]?.file,
    archive: archives[0]?.file,
    bytes: bytesOf(pictures) + bytesOf(archives),
    needsPreset: extras.length > 0,
    obstacle: archives.some(({ file }) => file.size > most_zip_bytes)
      ? 'archive-too-large'
      : obstacleOf(pictures.length, tables.length, archives.length),
  };
}

function obstacleOf(pictures: number, tables: number, archives: number): Obstacle | undefined {
  if (archives > 1) return 'two-archives';
  if (tables > 1) return 'two-tables';
  if (archives === 1 && pictures > 0) return 'archive-and-pictures';
  if (archives === 1 || pictures > 0) return undefined;
  return tables === 1 ? 'table-alone' : 'nothing';
}
