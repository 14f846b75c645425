/** Imports over HTTP. */
import { Readable } from 'node:stream';
import { importsRoutes, type Import, type ImportItem } from '../../contract/imports.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok, SENT, type Reply } from '../../http/call.ts';
import { csvLine } from '../../http/csv.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { itemPage } from '../../ledger/item-page.ts';
import { shownItem, shownJob } from '../../ledger/shown.ts';
import { sendDownload } from '../../processing/send-download.ts';
import type { ItemRow, JobRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import type { ImportParts } from './parts.ts';
import { Imports } from './service.ts';
import { ItemWish, JobWish } from './wish.ts';

const TEMPLATE = [
  ['image_url', 'sku_id', 'product_group_id', 'image_type'],
  ['https://example.com/pictures/mug-front.jpg', 'MUG-01', 'mugs', 'main'],
  ['https://example.com/pictures/mug-side.jpg', 'MUG-01', 'mugs', 'detail'],
];

export function addImports(api: Api, parts: ImportParts): Imports {
  const { store } = parts;
  const imports = new Imports(parts);
  const { jobs } = imports;
  const now = async (job: JobRow): Promise<Reply> => ok(await shown(store, job, true));
  const accepted = async (job: JobRow): Promise<Reply> => ({
    status: 202,
    body: await shown(store, job, false),
    headers: { Location: `/api/v1/imports/${job.id}` },
  });
  api.add(importsRoutes, {
    createImport: async (call) => {
      const more = async (job: JobRow) => call.note(await accepted(job));
      return accepted(await imports.create(call, call.body, more));
    },
    importTemplate: async (call) => {
      const lines = Readable.from(TEMPLATE.map(csvLine));
      await sendDownload(call, 'import-template.csv', 'text/csv; charset=utf-8', lines);
      return SENT;
    },
    listImports: async ({ who, query }) => {
      const page = await jobs.list(who.id, query.limit, positionOf('imports', query.cursor));
      const items = await Promise.all(page.rows.map((job) => shown(store, job, true)));
      return ok({ ...shownPage('imports', page, (row) => row), items });
    },
    getImport: async ({ who, params }) => now(await jobs.own(params.id, who.id)),
    listImportItems: async ({ who, params, query }) => {
      const { fate, ...question } = query;
      const page = await itemPage(store, await jobs.own(params.id, who.id), { ...question, review: fate });
      return ok({ items: page.rows.map(shownImportItem), next: page.next });
    },
    cancelImport: async (call) => now(await jobs.cancel(call, call.params.id)),
    retryImport: async (call) => now(await jobs.retryFailed(call, call.params.id)),
    deleteImport: async (call) => {
      await jobs.delete(call, call.params.id);
      return noContent();
    },
  });
  return imports;
}

export async function shown(store: Store, job: JobRow, exact: boolean): Promise<Import> {
  const { batch } = JobWish.parse(job.wish);
  const [fresh, followed] = await Promise.all([
    store.count('items', { where: { job: job.id, review_state: 'created' } }),
    store.get('jobs', batch),
  ]);
  return { ...(await shownJob(store, job, exact)), fresh, batch: followed ? batch : '' };
}

function shownImportItem(item: ItemRow): ImportItem {
  const { image_type } = ItemWish.parse(item.wish);
  return { ...shownItem(item), image_type, duplicate: item.review_state === 'duplicate' };
}
