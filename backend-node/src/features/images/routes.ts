/** Images over HTTP. */
import { Image } from '../../contract/image.ts';
import type { UploadItem } from '../../contract/image-upload.ts';
import { imagesRoutes } from '../../contract/images.ts';
import { samplesRoutes } from '../../contract/samples.ts';
import { isProblemCode } from '../../contract/problems.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry } from '../../events/journal.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok, type Context, type Reply } from '../../http/call.ts';
import { shownPage } from '../../http/cursor.ts';
import type { Places } from '../../processing/places.ts';
import { changeImages } from './bulk.ts';
import type { ImageRow } from '../../store/rows.ts';
import { AccountPlaces } from '../../processing/account-places.ts';
import { changeImage, edit, restore, trash, type Change } from '../../intake/change.ts';
import type { IntakeParts } from '../../intake/parts.ts';
import { addSamples } from './samples.ts';
import { countImages, listImages, listName, ownImage, purgeImage } from './service.ts';
import { upload, withItems } from './upload.ts';

/** Files on their way at once. The others of a form wait for their turn, as long as it may take. */
const UPLOADS_OF_ONE_ACCOUNT = 4;
const MOST_WAIT_MS = 600_000;

export function addImages(api: Api, parts: IntakeParts): void {
  const accounts = new AccountPlaces(UPLOADS_OF_ONE_ACCOUNT, MOST_WAIT_MS);
  const changed = (call: CallOfOne, action: string, change: Change): Promise<ImageRow> => {
    const { id } = call.params;
    return changeImage(parts, call, { id, expected: call.expected, change, entry: ownEntry(call, action, id) });
  };
  api.add(samplesRoutes, {
    uploadSamples: async (call) => {
      const work = (places: Places) => addSamples({ ...parts, places }, call);
      return uploadReply(await accounts.during(call.who.id, work));
    },
  });
  api.add(imagesRoutes, {
    uploadImages: async (call) => {
      const work = (places: Places) => upload({ ...parts, places }, call, call.req, call.query);
      return uploadReply(await accounts.during(call.who.id, work));
    },
    listImages: async (call) => {
      const page = shownPage(listName(call.query), await listImages(parts, call, call.query), (row) =>
        Image.parse(row),
      );
      return ok(call.query.count === true ? { ...page, total: await countImages(parts, call, call.query) } : page);
    },
    getImage: async (call) => ok(Image.parse(await ownImage(parts, call, call.params.id))),
    changeImage: async (call) => ok(Image.parse(await changed(call, 'image.changed', edit(call.body)))),
    trashImage: async (call) => {
      if (call.query.purge === true) await purgeImage(parts, call, call.params.id, call.expected);
      else await changed(call, 'image.trashed', trash);
      return noContent();
    },
    restoreImage: async (call) => ok(Image.parse(await changed(call, 'image.restored', restore))),
    bulkChangeImages: async (call) => ok(await changeImages(parts, call, call.body)),
    getFacts: async (call) => ok((await ownImage(parts, call, call.params.id)).facts),
  });
}

interface CallOfOne extends Context {
  readonly params: { readonly id: string };
  readonly expected: number | undefined;
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
