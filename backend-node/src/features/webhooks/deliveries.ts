/** Delivers what is due, for as long as the gateway runs. Rows come first: what a crash cuts off is sent once more. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProblem } from '../../errors.ts';
import { now } from '../../ids.ts';
import type { Log } from '../../logs.ts';
import type { Processing } from '../../processing/processing.ts';
import { attempted } from '../../store/retry.ts';
import type { DeliveryRow } from '../../store/rows.ts';
import { every, type Store } from '../../store/store.ts';
import { answered, unanswered } from './outcome.ts';
import { signedHeaders } from './signing.ts';

const EACH_MS = 1000;
/** Whoever sends has so long: longer than any answer is waited for. Then another gateway may send it again. */
const LEASE_MS = 60_000;
const MOST_AT_ONCE = 8;
/** A slow receiver holds up its own account only. */
const MOST_OF_ONE = 2;

export interface DeliveryParts {
  readonly store: Store;
  readonly processing: Pick<Processing, 'deliver'>;
  readonly log: Log;
}

export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #each_ms: number;
  readonly #over = new AbortController();
  readonly #sending = new Map<string, { readonly owner: string; readonly sent: Promise<void> }>();
  #loop: Promise<void> | undefined;

  constructor(parts: DeliveryParts, each_ms = EACH_MS) {
    this.#parts = parts;
    this.#each_ms = each_ms;
  }

  start(): this {
    this.#loop ??= this.#run(this.#over.signal);
    return this;
  }

  /** Begins nothing more. Resolves once what was begun has ended. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#loop;
    await Promise.all([...this.#sending.values()].map(({ sent }) => sent));
  }

  async #run(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      try {
        await this.#begin(over);
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'webhooks wait; tried again');
      }
      await sleep(this.#each_ms, undefined, { signal: over }).catch(() => undefined);
    }
  }

  async #begin(over: AbortSignal): Promise<void> {
    const where = { state: 'waiting', due_at: { to: now() } } as const;
    for await (const row of every(this.#parts.store, 'deliveries', { where, order: ['due_at', 'asc'] })) {
      if (over.aborted || this.#sending.size >= MOST_AT_ONCE) return;
      if (this.#mayBegin(row)) this.#send(row);
    }
  }

  #mayBegin({ id, owner }: DeliveryRow): boolean {
    const theirs = [...this.#sending.values()].filter((each) => each.owner === owner);
    return !this.#sending.has(id) && theirs.length < MOST_OF_ONE;
  }

  #send(row: DeliveryRow): void {
    const sent = this.#claimed(row)
      .catch((error: unknown) => this.#parts.log.warn({ delivery: row.id, err: error }, 'a webhook waits; tried again'))
      .finally(() => this.#sending.delete(row.id));
    this.#sending.set(row.id, { owner: row.owner, sent });
  }

  /** Only one gateway comes beyond the claim. */
  async #claimed(row: DeliveryRow): Promise<void> {
    const { store } = this.#parts;
    const webhook = await store.get('webhooks', row.webhook);
    if (!webhook) {
      await attempted(store.write([{ remove: 'deliveries', id: row.id, revision: row.revision }]));
      return;
    }
    const due_at = new Date(Date.now() + LEASE_MS).toISOString();
    if (!(await attempted(store.write([{ update: 'deliveries', row: { ...row, due_at } }])))) return;
    const ended = await this.#attempt(webhook, row);
    // Where it conflicts, the account or the webhook went meanwhile, or another gateway took it for lost.
    await attempted(store.write([{ update: 'deliveries', row: { ...ended, revision: row.revision + 1 } }]));
  }

  async #attempt({ url, secret }: { url: string; secret: string }, row: DeliveryRow): Promise<DeliveryRow> {
    // Not cut off where the gateway ends: the receiver would have it, and get it again.
    const asking = { signal: new AbortController().signal, request: randomUUID() };
    const letter = { url, headers: signedHeaders(secret, row.id, row.body), body: row.body };
    try {
      return answered(row, (await this.#parts.processing.deliver(letter, asking)).status);
    } catch (error) {
      if (!isProblem(error)) throw error;
      return unanswered(row, error);
    }
  }
}
