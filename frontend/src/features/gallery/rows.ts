/** Justified rows: every picture whole, every row as wide as the page, all in one pass over the shapes. */
import type { Section } from './sections.ts';

export interface PictureRow {
  readonly kind: 'pictures';
  /** Places of its pictures: first, and the one after the last. */
  readonly first: number;
  readonly end: number;
  readonly top_px: number;
  readonly height_px: number;
}

export interface HeadingRow {
  readonly kind: 'heading';
  readonly section: Section;
  readonly top_px: number;
  readonly height_px: number;
}

export type Row = PictureRow | HeadingRow;

export interface Shape {
  readonly width_px: number;
  readonly target_px: number;
  readonly gap_px: number;
  readonly heading_px: number;
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly height_px: number;
}

/** A panorama is shown whole in a tile of this shape at most, and a tower in one of that. */
const WIDEST = 3.2;
const NARROWEST = 0.45;
/** A row that would be higher stays ragged. */
const MOST_GROWTH = 1.5;

/** Width by height of the tile of a picture. */
export const tileRatio = (ratio: number): number => Math.min(Math.max(ratio, NARROWEST), WIDEST);

/** Sections each begin with a heading and a row of their own; one without a title has none. */
export function layoutOf(ratios: Float32Array, sections: readonly Section[], shape: Shape): Layout {
  const rows: Row[] = [];
  let top_px = 0;
  for (const section of sections) {
    if (!Number.isNaN(section.time_ms)) {
      rows.push({ kind: 'heading', section, top_px, height_px: shape.heading_px });
      top_px += shape.heading_px;
    }
    top_px = addSection(rows, ratios, section, shape, top_px);
  }
  return { rows, height_px: Math.max(top_px - shape.gap_px, 0) };
}

function addSection(rows: Row[], ratios: Float32Array, { first, end }: Section, shape: Shape, from_px: number): number {
  let top_px = from_px;
  let begin = first;
  while (begin < end) {
    const { next, height_px } = nextRow(ratios, begin, end, shape);
    rows.push({ kind: 'pictures', first: begin, end: next, top_px, height_px });
    top_px += height_px + shape.gap_px;
    begin = next;
  }
  return top_px;
}

/** Takes pictures until the row is no higher than asked for; of the two rows around that, the nearer one. */
function nextRow(ratios: Float32Array, begin: number, end: number, { width_px, target_px, gap_px }: Shape) {
  let wide = 0;
  let before_px = Infinity;
  for (let at = begin; at < end; at += 1) {
    wide += tileRatio(ratios[at] ?? 1);
    const height_px = (width_px - (at - begin) * gap_px) / wide;
    if (height_px <= target_px) {
      const shorter =
        at > begin && before_px - target_px < target_px - height_px && before_px < target_px * MOST_GROWTH;
      return shorter ? { next: at, height_px: before_px } : { next: at + 1, height_px };
    }
    before_px = height_px;
  }
  return { next: end, height_px: Math.min(before_px, target_px) };
}

/** Index of the last row that begins at or above a height. */
export function rowAt(rows: readonly Row[], y_px: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle]?.top_px ?? 0) <= y_px) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the row that shows the picture at a place; -1 where none does. */
export function rowOf(rows: readonly Row[], place: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (!row) return -1;
    const first = row.kind === 'heading' ? row.section.first : row.first;
    // A heading stands before the first picture of its section.
    if (row.kind === 'pictures' && place >= row.first && place < row.end) return middle;
    if (place < first) high = middle - 1;
    else low = middle + 1;
  }
  return -1;
}
