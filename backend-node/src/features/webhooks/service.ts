/** Webhooks: rules only. */
import { MOST_WEBHOOKS } from '../../contract/webhooks.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry, type Journal } from '../../events/journal.ts';
import type { Context } from '../../http/call.ts';
import { newId, now } from '../../ids.ts';
import { owned } from '../../store/owned.ts';
import { attempted, retried } from '../../store/retry.ts';
import type { DeliveryRow, WebhookRow } from '../../store/rows.ts';
import { every, first, type Page, type Position, type Store } from '../../store/store.ts';
import { deliveryOf, type NewDelivery } from './letters.ts';
import { TEST } from './outcome.ts';
import { newSecret } from './signing.ts';

export interface WebhookParts {
  readonly store: Store;
  readonly journal: Journal;
}

export class Webhooks {
  readonly #parts: WebhookParts;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** Newest first. */
  async of(owner: string): Promise<readonly WebhookRow[]> {
    const query = { where: { owner }, order: ['created_at', 'desc'], limit: 2 * MOST_WEBHOOKS } as const;
    return (await this.#parts.store.find('webhooks', query)).rows;
  }

  /** The row, with the secret to show this once. Throws conflict beyond MOST_WEBHOOKS. */
  async create(context: Context, url: string): Promise<WebhookRow> {
    refuseNames(url);
    const owner = context.who.id;
    if ((await this.of(owner)).length >= MOST_WEBHOOKS) {
      throw new GatewayError('conflict', `Expected at most ${MOST_WEBHOOKS} webhooks; delete one that is not used`);
    }
    const row = { id: newId(), owner, url, secret: newSecret(), created_at: now() };
    await this.#parts.journal.write([{ insert: 'webhooks', row }], ownEntry(context, 'webhook.created', row.id));
    return { ...row, revision: 1 };
  }

  /** What it was not told yet, it is not told any more. Throws not_found. */
  async delete(context: Context, id: string): Promise<void> {
    const { store, journal } = this.#parts;
    await retried(async () => {
      await owned(store, 'webhooks', id, context.who.id);
      await journal.write([{ remove: 'webhooks', id }], ownEntry(context, 'webhook.deleted', id));
    });
    // Those that a crash leaves go when they are due, or with old age.
    const told = { where: { webhook: id }, order: ['created_at', 'asc'] } as const;
    for await (const row of every(store, 'deliveries', told)) {
      await attempted(store.write([{ remove: 'deliveries', id: row.id }]));
    }
  }

  /** Throws not_found, and conflict while the last test is still under way. */
  async test(context: Context, id: string): Promise<NewDelivery> {
    const { store, journal } = this.#parts;
    const { owner } = await owned(store, 'webhooks', id, context.who.id);
    const waiting = { webhook: id, event: TEST, state: 'waiting' } as const;
    if (await first(store, 'deliveries', { where: waiting })) {
      throw new GatewayError('conflict', 'Expected the test before to have ended, it is still being delivered');
    }
    const row = deliveryOf({ owner, webhook: id, event: TEST, data: { id }, at: now() });
    await journal.write([{ insert: 'deliveries', row }], ownEntry(context, 'webhook.tested', id));
    return row;
  }

  /** Newest first. Throws not_found. */
  async deliveries(owner: string, id: string, limit: number, after: Position | undefined): Promise<Page<DeliveryRow>> {
    await owned(this.#parts.store, 'webhooks', id, owner);
    const query = { where: { webhook: id }, order: ['created_at', 'desc'], limit, after } as const;
    return this.#parts.store.find('deliveries', query);
  }
}

/** The signature says who sends; a password in the address would be shown wherever the address is. */
function refuseNames(url: string): void {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return;
  throw new GatewayError('invalid_request', 'Expected an address without a user name and a password in it');
}
