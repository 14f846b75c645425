/** The shape of every image, a page of them a line. */
import type { OutlineQuery } from '../../contract/gallery.ts';
import { imageQuery } from '../../store/image-query.ts';
import { PAGE, pages, type Store } from '../../store/store.ts';

/** Without line breaks within a line, and no line where there is no image. */
export async function* outlineOf(store: Store, owner: string, wish: OutlineQuery): AsyncGenerator<string> {
  const query = { ...imageQuery(owner, wish), order: [wish.sort, wish.order], limit: PAGE } as const;
  for await (const rows of pages((after) => store.findFields('images', ['shown'], { ...query, after }))) {
    if (rows.length > 0) yield `${JSON.stringify(rows.map(({ id, shown }) => [id, shown.width, shown.height]))}\n`;
  }
}
