/** Rules of batches: what they are made of, and how they begin. */
import type { BatchWish } from '../../contract/batches.ts';
import { MOST_ITEMS } from '../../contract/jobs.ts';
import { GatewayError } from '../../errors.ts';
import type { Acting } from '../../http/call.ts';
import type { NewItem } from '../../ledger/items.ts';
import { Jobs, type WrittenWith } from '../../ledger/jobs.ts';
import { priorityOf } from '../../ledger/shown.ts';
import { blobsIn, expectUsable } from '../../store/held-blobs.ts';
import { allowedWish } from '../../store/recipe-wish.ts';
import type { JobRow } from '../../store/rows.ts';
import { every } from '../../store/store.ts';
import { label } from './labels.ts';
import type { BatchParts } from './parts.ts';
import { picturesOf, type Picture } from './pictures.ts';
import { RowCheck } from './row-check.ts';
import type { Doing, ItemWish, JobWish } from './wish.ts';

export const COVERS = 4;

/** What is to be done, however the pictures are chosen. */
export type Asked = Pick<
  BatchWish,
  'recipe' | 'preset' | 'saved_recipe' | 'name' | 'overrides' | 'channels' | 'by_product_group' | 'priority' | 'current'
>;

/** A batch that begins: all that is known of it before its pictures are. */
export interface Beginning {
  readonly name: string;
  readonly priority: number;
  readonly wish: JobWish;
  readonly blobs: readonly string[];
}

/** id: where it has one already. more: what is written with the batch. */
export interface Beginnings {
  readonly id?: string;
  readonly more?: WrittenWith;
}

export class Batches {
  readonly jobs: Jobs;
  readonly #parts: BatchParts;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    this.jobs = new Jobs(parts, 'batch', parts.holder);
  }

  /** Rejects with what is wrong with the wish: nothing is begun then. */
  async create(context: Acting, body: BatchWish, { id, more }: Beginnings = {}): Promise<JobRow> {
    const beginning = await this.beginning(context, body);
    const pictures = await picturesOf(this.#parts.store, context.who.id, body);
    const table = body.table === undefined ? undefined : Buffer.from(body.table, 'base64');
    const listed = await this.listed(context, pictures, table);
    await label(this.#parts, context, listed);
    const job = await this.prepare(context, beginning, pictures, { ...(id !== undefined && { id }) });
    return this.jobs.begin(context, job, listed, { more, blobs: blobsOfItems(listed) });
  }

  /** Rejects with invalid_recipe, not_found. */
  async beginning(context: Acting, asked: Asked): Promise<Beginning> {
    const { store, processing } = this.#parts;
    const { render, name } = await allowedWish(store, context.who.id, asked);
    const doing = render as Doing;
    const overrides = asked.overrides ?? {};
    await expectUsable(store, context.who.id, overrides);
    const channels = asked.channels ?? [];
    await processing.expectSound({ ...doing, overrides, channels }, context);
    const groups = asked.by_product_group ? await this.#groups(context) : {};
    const wish = { doing, preset: name, overrides, channels, current: asked.current, groups, covers: [] };
    return {
      name: asked.name ?? '',
      priority: priorityOf(asked.priority),
      wish: { ...wish, by_product_group: asked.by_product_group },
      blobs: blobsIn([doing, overrides, groups]),
    };
  }

  prepare(
    context: Acting,
    { wish, ...rest }: Beginning,
    pictures: readonly Picture[],
    { id, more }: Beginnings,
  ): Promise<JobRow> {
    const name = rest.name === '' ? (wish.preset === '' ? 'Own recipe' : wish.preset) : rest.name;
    const covers = pictures.slice(0, COVERS).map(({ image }) => image);
    const job = { ...rest, kind: 'batch', name, wish: { ...wish, covers } } as const;
    return this.jobs.prepare(context, id === undefined ? job : { ...job, id }, more);
  }

  /** The items of a batch: rows of the table in their order, then pictures that no row names. Rejects with invalid_table. */
  async listed(context: Acting, pictures: readonly Picture[], table: Buffer | undefined): Promise<NewItem[]> {
    const names = pictures.map(({ name }) => name);
    const items: NewItem[] = [];
    const check = new RowCheck(this.#parts.store, context.who.id);
    for await (const line of this.#parts.processing.worklist(names, table, context)) {
      const picture = line.at === null ? undefined : pictures[line.at];
      const wish: ItemWish = {
        overrides: line.overrides,
        preset: line.preset ?? '',
        sku: line.sku === '' ? (picture?.sku ?? '') : line.sku,
        product_group: line.product_group === '' ? (picture?.product_group ?? '') : line.product_group,
        row: line.row,
        stem: line.stem,
      };
      const problem = await check.problem(line);
      items.push({ name: line.filename, image: picture?.image ?? '', wish, ...(problem && { problem }) });
    }
    if (items.length > MOST_ITEMS) throw tooMany(items.length);
    return items;
  }

  /** What each product group is done with, where somebody said so. One that cannot be used any more is left out. */
  async #groups({ who }: Acting): Promise<JobWish['groups']> {
    const { store } = this.#parts;
    const groups: JobWish['groups'] = {};
    for await (const row of every(store, 'product_groups', { where: { owner: who.id }, order: ['name', 'asc'] })) {
      const { name, preset, saved_recipe } = row;
      if (preset === '' && saved_recipe === '') continue;
      const wish = preset === '' ? { saved_recipe } : { preset };
      const allowed = await allowedWish(store, who.id, wish).catch(() => undefined);
      if (allowed) groups[name] = { doing: allowed.render as Doing, preset: allowed.name };
    }
    return groups;
  }
}

/** What items need that say so themselves: kept while the batch is. */
export const blobsOfItems = (items: readonly NewItem[]): readonly string[] =>
  blobsIn(items.filter(({ problem }) => !problem).map(({ wish }) => wish['overrides']));

export const tooMany = (count: number): GatewayError =>
  new GatewayError('invalid_request', `Expected at most ${MOST_ITEMS} pictures in a batch, received ${count}`);
