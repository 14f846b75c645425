/** Images as text, line by line: nothing but a page of rows is in memory. */
import { ExportedImage, type ExportQuery } from '../../contract/image-export.ts';
import type { z } from 'zod';
import { imageQuery } from '../../store/image-query.ts';
import type { ImageRow } from '../../store/rows.ts';
import { every, type Store } from '../../store/store.ts';
import { cellsOf, HEADINGS } from './columns.ts';
import { csvLine } from '../../http/csv.ts';

type Wish = z.output<typeof ExportQuery>;

const found = (store: Store, owner: string, wish: Wish): AsyncGenerator<ImageRow> =>
  every(store, 'images', { ...imageQuery(owner, wish), order: [wish.sort, wish.order] });

export async function* csvOf(store: Store, owner: string, wish: Wish): AsyncGenerator<string> {
  yield csvLine(HEADINGS);
  for await (const row of found(store, owner, wish)) yield csvLine(cellsOf(row));
}

export async function* ndjsonOf(store: Store, owner: string, wish: Wish): AsyncGenerator<string> {
  for await (const row of found(store, owner, wish)) yield `${JSON.stringify(ExportedImage.parse(row))}\n`;
}
