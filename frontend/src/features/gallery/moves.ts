/** Where the arrow keys lead. */
import { rowOf, tileRatio, type PictureRow, type Row } from './rows.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The place beside one: the nearest in the row above or below, the next or the one before at the sides. Stays at the ends. */
export function placeBeside(rows: readonly Row[], ratios: Float32Array, place: number, to: Direction): number {
  if (to === 'left') return Math.max(place - 1, 0);
  if (to === 'right') return Math.min(place + 1, ratios.length - 1);
  const index = rowOf(rows, place);
  const here = rows[index];
  const next = pictureRowBeyond(rows, index, to === 'up' ? -1 : 1);
  if (!next || here?.kind !== 'pictures') return place;
  return nearest(next, ratios, middleOf(here, ratios, place));
}

function pictureRowBeyond(rows: readonly Row[], index: number, step: number): PictureRow | undefined {
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    const row = rows[at];
    if (row?.kind === 'pictures') return row;
  }
  return undefined;
}

function middleOf(row: PictureRow, ratios: Float32Array, place: number): number {
  let left = 0;
  for (let at = row.first; at < place; at += 1) left += tileRatio(ratios[at] ?? 1) * row.height_px;
  return left + (tileRatio(ratios[place] ?? 1) * row.height_px) / 2;
}

function nearest(row: PictureRow, ratios: Float32Array, x_px: number): number {
  let best = row.first;
  let distance = Infinity;
  for (let at = row.first; at < row.end; at += 1) {
    const away = Math.abs(middleOf(row, ratios, at) - x_px);
    if (away < distance) [best, distance] = [at, away];
  }
  return best;
}
