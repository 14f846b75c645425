/** The gallery at a glance, over HTTP. */
import { Readable } from 'node:stream';
import { galleryRoutes } from '../../contract/gallery.ts';
import type { Api } from '../../http/api.ts';
import { ok, SENT } from '../../http/call.ts';
import { sendStream } from '../../http/send-stream.ts';
import type { Store } from '../../store/store.ts';
import { facetsOf } from './facets.ts';
import { outlineOf } from './outline.ts';

/** Lines in memory at once, while the caller takes them slowly. */
const LINES_AHEAD = 2;

export function addGallery(api: Api, { store }: { readonly store: Store }): void {
  api.add(galleryRoutes, {
    outlineImages: async (call) => {
      const lines = Readable.from(outlineOf(store, call.who.id, call.query), { highWaterMark: LINES_AHEAD });
      await sendStream(call, { 'Content-Type': 'application/x-ndjson' }, lines);
      return SENT;
    },
    imageFacets: async (call) => ok(await facetsOf(store, call.who.id)),
  });
}
