/** Images over HTTP. */
import { Image } from '../../contract/image.ts';
import type { UploadItem } from '../../contract/image-upload.ts';
import { imagesRoutes } from '../../contract/images.ts';
import { isProblemCode } from '../../contract/problems.ts';
import { GatewayError } from '../../errors.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok, type Reply } from '../../http/call.ts';
import { shownPage } from '../../http/cursor.ts';
import { changeImages } from './bulk.ts';
import { edit, restore, trash } from './change.ts';
import type { ImageParts } from './parts.ts';
import { changeImage, countImages, listImages, listName, ownImage, purgeImage } from './service.ts';
import { upload, withItems } from './upload.ts';

export function addImages(api: Api, parts: ImageParts): void {
  api.add(imagesRoutes, {
    uploadImages: async (call) => uploadReply(await upload(parts, call, call.req, call.query)),
    listImages: async (call) => {
      const page = shownPage(listName(call.query), await listImages(parts, call, call.query), (row) =>
        Image.parse(row),
      );
      return ok(call.query.count === true ? { ...page, total: await countImages(parts, call, call.query) } : page);
    },
    getImage: async (call) => ok(Image.parse(await ownImage(parts, call, call.params.id))),
    changeImage: async (call) => {
      const entry = ownEntry(call, 'image.changed', call.params.id);
      return ok(Image.parse(await changeImage(parts, call, { ...wanted(call), change: edit(call.body), entry })));
    },
    trashImage: async (call) => {
      const { id } = call.params;
      if (call.query.purge === true) await purgeImage(parts, call, id, call.expected);
      else await changeImage(parts, call, { ...wanted(call), change: trash, entry: ownEntry(call, 'image.trashed', id) });
      return noContent();
    },
    restoreImage: async (call) => {
      const entry = ownEntry(call, 'image.restored', call.params.id);
      return ok(Image.parse(await changeImage(parts, call, { ...wanted(call), change: restore, entry })));
    },
    bulkChangeImages: async (call) => ok(await changeImages(parts, call, call.body)),
    getFacts: async (call) => ok((await ownImage(parts, call, call.params.id)).facts),
  });
}

/** Problems that pass. */
const LATER: Readonly<Record<string, { readonly retry_after_s: number }>> = {
  too_busy: { retry_after_s: 5 },
  processing_unavailable: { retry_after_s: 5 },
  store_unavailable: { retry_after_s: 5 },
};

function uploadReply(items: readonly UploadItem[]): Reply {
  const [first] = items;
  if (first?.problem && items.every(({ status }) => status === 'failed')) {
    const { code, detail } = first.problem;
    const problem = new GatewayError(isProblemCode(code) ? code : 'internal_error', detail, { ...LATER[code] });
    throw withItems(problem, items);
  }
  return { status: items.some(({ status }) => status === 'created') ? 201 : 200, body: { items } };
}
