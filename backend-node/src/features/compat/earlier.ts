/** Addresses of earlier programs below /api/v1, over HTTP. */
import type { Batch, BatchWish } from '../../contract/batches.ts';
import { compatRoutes, type BatchBody, type ImportBody } from '../../contract/compat.ts';
import type { Import, ImportWish } from '../../contract/imports.ts';
import type { Api } from '../../http/api.ts';
import { ok, type Context, type Reply } from '../../http/call.ts';
import type { Change } from '../../store/store.ts';
import { overridesOf } from './doing.ts';
import { Enhancing, type EnhanceParts } from './enhance.ts';
import type { CompatParts } from './parts.ts';
import { Pictures } from './pictures.ts';

/** What is written together with the thing that was made. */
export type Noted<T> = (made: T) => readonly Change[];

/** What other features do, as app.ts hands it over. */
export interface EarlierParts extends CompatParts, EnhanceParts {
  readonly createImport: (context: Context, wish: ImportWish, noted: Noted<Import>) => Promise<Import>;
  readonly createBatch: (context: Context, wish: BatchWish, noted: Noted<Batch>) => Promise<Batch>;
  readonly getBatch: (context: Context, id: string) => Promise<Batch>;
}

export function addEarlier(api: Api, parts: EarlierParts): void {
  const enhancing = new Enhancing(parts, new Pictures(parts));
  api.add(compatRoutes, {
    enhanceUrl: async (call) => ({ status: 201, body: await enhancing.fromUrl(call, call.req, call.body) }),
    enhanceUpload: async (call) => ({ status: 201, body: await enhancing.fromForm(call, call.req) }),
    importPictures: async (call) => {
      const reply = (made: Import): Reply => accepted('imports', made);
      return reply(await parts.createImport(call, importWish(call.body), (made) => call.note(reply(made))));
    },
    createOldBatch: async (call) => {
      const reply = (made: Batch): Reply => accepted('batches', made);
      return reply(await parts.createBatch(call, batchWish(call.body), (made) => call.note(reply(made))));
    },
    getOldBatch: async (call) => ok(await parts.getBatch(call, call.params.id)),
  });
}

const accepted = (area: string, body: { readonly id: string }): Reply => ({
  status: 202,
  body,
  headers: { Location: `/api/v1/${area}/${body.id}` },
});

/** Each form it may have, as rows. */
export function importWish({ image_url, image_urls, items, ...about }: ImportBody): ImportWish {
  const urls = image_urls ?? (image_url === undefined ? [] : [image_url]);
  const rows = items ?? urls.map((url) => ({ image_url: url }));
  return { rows: rows.map((row) => ({ ...about, ...row })) };
}

/** The mode lays down the recipe of each picture; what else is wished is laid over it. */
export function batchWish({ mode, sku_id, image_ids, ...doing }: BatchBody): BatchWish {
  const chosen = image_ids ? { ids: image_ids } : { filter: { sku: sku_id, state: 'active' as const } };
  return {
    ...chosen,
    preset: mode,
    overrides: overridesOf(doing),
    by_product_group: false,
    priority: 'normal',
    current: true,
  };
}
