/** Batches over HTTP. */
import { batchesRoutes, type Batch, type BatchItem } from '../../contract/batches.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok, SENT, type Reply } from '../../http/call.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { itemPage } from '../../ledger/item-page.ts';
import { numberIn, shownItem, shownJob, textIn } from '../../ledger/shown.ts';
import type { ItemRow, JobRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import type { BatchParts } from './parts.ts';
import { Batches, COVERS } from './service.ts';
import { sendCsv, ZipSender } from './results.ts';
import { ItemWish, JobWish } from './wish.ts';
import { createOfZip } from './zip.ts';

export function addBatches(api: Api, parts: BatchParts): Batches {
  const { store } = parts;
  const batches = new Batches(parts);
  const zips = new ZipSender(parts);
  const { jobs } = batches;
  const now = async (job: JobRow): Promise<Reply> => ok(await shown(store, job, true));
  const accepted = async (job: JobRow): Promise<Reply> => ({
    status: 202,
    body: await shown(store, job, false),
    headers: { Location: `/api/v1/batches/${job.id}` },
  });
  api.add(batchesRoutes, {
    createBatch: async (call) => {
      const more = async (job: JobRow) => call.note(await accepted(job));
      return accepted(await batches.create(call, call.body, { more }));
    },
    createBatchOfZip: async (call) => {
      const more = async (job: JobRow) => call.note(await accepted(job));
      return accepted(await createOfZip(parts, batches, call, call.req, more));
    },
    listBatches: async ({ who, query }) => {
      const page = await jobs.list(who.id, query.limit, positionOf('batches', query.cursor));
      const items = await Promise.all(page.rows.map((job) => shown(store, job, true)));
      return ok({ ...shownPage('batches', page, (row) => row), items });
    },
    getBatch: async ({ who, params }) => now(await jobs.own(params.id, who.id)),
    listBatchItems: async ({ who, params, query }) => {
      const page = await itemPage(store, await jobs.own(params.id, who.id), query);
      return ok({ items: page.rows.map(shownBatchItem), next: page.next });
    },
    pauseBatch: async (call) => now(await jobs.pause(call, call.params.id)),
    resumeBatch: async (call) => now(await jobs.resume(call, call.params.id)),
    cancelBatch: async (call) => now(await jobs.cancel(call, call.params.id)),
    retryBatch: async (call) => now(await jobs.retryFailed(call, call.params.id)),
    deleteBatch: async (call) => {
      await jobs.delete(call, call.params.id);
      return noContent();
    },
    batchCsv: async (call) => {
      await sendCsv(parts, call, await jobs.own(call.params.id, call.who.id));
      return SENT;
    },
    batchZip: async (call) => {
      await zips.send(call, await jobs.own(call.params.id, call.who.id));
      return SENT;
    },
  });
  return batches;
}

/** exact: counted now. */
export async function shown(store: Store, job: JobRow, exact: boolean): Promise<Batch> {
  const { preset, by_product_group, channels, ...wish } = JobWish.parse(job.wish);
  const covers = wish.covers.length > 0 ? wish.covers : await coversOf(store, job);
  const to_review = await store.count('items', { where: { job: job.id, review_state: 'needs_review' } });
  return { ...(await shownJob(store, job, exact)), preset, by_product_group, channels, covers, to_review };
}

/** Of a zip nobody knew its pictures when it was begun. Some of the first may have failed, and have none. */
async function coversOf(store: Store, job: JobRow): Promise<string[]> {
  if (job.total === 0) return [];
  const { rows } = await itemPage(store, job, { from: 1, limit: 2 * COVERS });
  return rows.flatMap(({ image }) => (image === '' ? [] : [image])).slice(0, COVERS);
}

function shownBatchItem(item: ItemRow): BatchItem {
  const { preset, overrides } = ItemWish.parse(item.wish);
  const { outcome, review_state, version, state } = item;
  return {
    ...shownItem(item),
    version: state === 'done' ? version : '',
    review_state,
    preset,
    overrides,
    quality_after: numberIn(outcome, 'quality_after'),
    elapsed_ms: numberIn(outcome, 'elapsed_ms'),
    warnings: textIn(outcome, 'warnings'),
  };
}
