/** Rules of imports: how they begin. */
import type { ImportWish } from '../../contract/imports.ts';
import { MOST_ITEMS } from '../../contract/jobs.ts';
import { GatewayError } from '../../errors.ts';
import type { Acting } from '../../http/call.ts';
import { newId } from '../../ids.ts';
import { Jobs, type WrittenWith } from '../../ledger/jobs.ts';
import { blobsIn } from '../../store/held-blobs.ts';
import { owned } from '../../store/owned.ts';
import { allowedWish } from '../../store/recipe-wish.ts';
import type { JobRow } from '../../store/rows.ts';
import type { ImportParts } from './parts.ts';
import { rowsOf } from './rows.ts';
import type { JobWish } from './wish.ts';

const KINDS = { urls: 'Addresses', rows: 'List', table: 'Spreadsheet' } as const;

export class Imports {
  readonly jobs: Jobs;
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
    this.jobs = new Jobs(parts, 'import', parts.holder);
  }

  /** Rejects with what is wrong with the wish as a whole: nothing is begun then. */
  async create(context: Acting, wish: ImportWish, more?: WrittenWith): Promise<JobRow> {
    const { store, processing } = this.#parts;
    if (wish.album !== undefined) await owned(store, 'albums', wish.album, context.who.id);
    if (wish.process) {
      const { render } = await allowedWish(store, context.who.id, wish.process);
      await processing.expectSound(render, context);
    }
    const items = await rowsOf(processing, context, wish);
    if (items.length === 0 || items.length > MOST_ITEMS)
      throw new GatewayError('invalid_request', `Expected 1 to ${MOST_ITEMS} rows, received ${items.length}`);
    const kept: JobWish = {
      tags: wish.tags ?? [],
      album: wish.album ?? '',
      process: wish.process ?? null,
      batch: newId(),
    };
    const kind = wish.urls ? KINDS.urls : wish.rows ? KINDS.rows : KINDS.table;
    const name = wish.name ?? '';
    const job = await this.jobs.prepare(context, {
      kind: 'import',
      name: name === '' ? kind : name,
      priority: 0,
      wish: kept,
      blobs: blobsIn(wish.process),
    });
    return this.jobs.begin(context, job, items, { more });
  }
}
