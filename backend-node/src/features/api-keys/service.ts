/** API keys: rules only. */
import type { NewApiKey } from '../../contract/api-keys.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry, type Journal } from '../../events/journal.ts';
import type { Context, Who } from '../../http/call.ts';
import { newId, now } from '../../ids.ts';
import { owned } from '../../store/owned.ts';
import { attempted, retried } from '../../store/retry.ts';
import type { ApiKeyRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { newKey, parsedKey, sameHash } from './secret.ts';

const MOST_KEYS = 50;
const USED_EVERY_MS = 60_000;

export interface ApiKeysParts {
  readonly store: Store;
  readonly journal: Journal;
}

export class ApiKeys {
  readonly #parts: ApiKeysParts;

  constructor(parts: ApiKeysParts) {
    this.#parts = parts;
  }

  /** Newest first. */
  async of(owner: string): Promise<readonly ApiKeyRow[]> {
    const query = { where: { owner }, order: ['id', 'desc'], limit: 1000 } as const;
    return (await this.#parts.store.find('api_keys', query)).rows;
  }

  /** The row, and the key to show this once. Throws forbidden for more than one's own role allows, conflict beyond 50. */
  async create(context: Context, wanted: NewApiKey): Promise<{ readonly row: ApiKeyRow; readonly key: string }> {
    const { who } = context;
    if (wanted.scopes.includes('admin') && who.role !== 'admin') {
      throw new GatewayError('forbidden', `Expected scopes that the role ${who.role} has, received admin`);
    }
    if ((await this.of(who.id)).length >= MOST_KEYS) {
      throw new GatewayError('conflict', `Expected at most ${MOST_KEYS} keys; revoke one that is not used`);
    }
    const id = newId();
    const { key, hash, hint } = newKey(id);
    const { name, scopes, expires_at = '' } = wanted;
    const row = { id, owner: who.id, name, hash, hint, scopes, created_at: now(), used_at: '', expires_at };
    await this.#parts.journal.write(
      [{ insert: 'api_keys', row }],
      ownEntry(context, 'api_key.created', id, { scopes }),
    );
    return { row: { ...row, revision: 1 }, key };
  }

  /** Throws not_found. */
  revoke(context: Context, id: string): Promise<void> {
    return retried(async () => {
      await owned(this.#parts.store, 'api_keys', id, context.who.id);
      await this.#parts.journal.write([{ remove: 'api_keys', id }], ownEntry(context, 'api_key.revoked', id));
    });
  }

  /** Whose key it is and what it may do. Throws unauthorized. */
  async verify(key: string): Promise<Who> {
    const parsed = parsedKey(key);
    const row = parsed && (await this.#parts.store.get('api_keys', parsed.id));
    if (!row || !sameHash(row.hash, parsed.hash) || hasEnded(row)) throw refused();
    const user = await this.#parts.store.get('users', row.owner);
    if (user?.state !== 'active') throw refused();
    await this.#used(row);
    return { id: user.id, role: user.role, scopes: new Set(row.scopes), session: '', key: row.id };
  }

  async #used(row: ApiKeyRow): Promise<void> {
    if (row.used_at !== '' && Date.now() - Date.parse(row.used_at) < USED_EVERY_MS) return;
    // Where it conflicts, another call with the same key noted it, or the key is being revoked.
    await attempted(this.#parts.store.write([{ update: 'api_keys', row: { ...row, used_at: now() } }]));
  }
}

const hasEnded = ({ expires_at }: ApiKeyRow): boolean => expires_at !== '' && Date.parse(expires_at) <= Date.now();

const refused = (): GatewayError =>
  new GatewayError('unauthorized', 'Expected a valid API key, received one that is not, or has ended');
