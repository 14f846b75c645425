/** Failures in a row, by whom or from where: the next try has to wait, longer each time. */
import { GatewayError, isProblem } from '../../errors.ts';
import { removed } from '../../store/remove.ts';
import { retried } from '../../store/retry.ts';
import type { ThrottleRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

export interface Rule {
  /** So many cost nothing. */
  readonly free: number;
  /** After this time all is forgotten. */
  readonly kept_s: number;
  /** How long to wait after this many beyond the free ones (from 1). */
  readonly wait_s: (beyond: number) => number;
}

const LONGEST_S = 15 * 60;
const doubling = (beyond: number): number => Math.min(2 ** beyond, LONGEST_S);

export const BY_EMAIL: Rule = { free: 4, kept_s: 86_400, wait_s: doubling };
export const BY_ADDRESS: Rule = { free: 29, kept_s: 86_400, wait_s: doubling };
export const SIGN_UPS: Rule = { free: 19, kept_s: 3600, wait_s: () => 3600 };

export class Throttle {
  readonly #store: Store;
  readonly #rule: Rule;

  constructor(store: Store, rule: Rule) {
    this.#store = store;
    this.#rule = rule;
  }

  /** Throws too_many_requests while one has to wait. */
  async expectFree(id: string): Promise<void> {
    expectFree(await this.#store.get('throttles', id));
  }

  /** Counts one, and throws too_many_requests while one has to wait. Of many at once none is overlooked. */
  async count(id: string): Promise<void> {
    try {
      await retried(() => this.#countOnce(id));
    } catch (error) {
      throw isProblem(error, 'conflict') ? tooMany(1) : error;
    }
  }

  async clear(id: string): Promise<void> {
    await removed(this.#store, 'throttles', id);
  }

  async #countOnce(id: string): Promise<void> {
    const now = Date.now();
    const known = await this.#store.get('throttles', id);
    expectFree(known);
    const current = known && Date.parse(known.expires_at) > now ? known : undefined;
    const next = this.#next(id, current, now);
    await this.#store.write([
      known ? { update: 'throttles', row: { ...next, revision: known.revision } } : { insert: 'throttles', row: next },
    ]);
  }

  #next(id: string, current: ThrottleRow | undefined, now: number): Omit<ThrottleRow, 'revision'> {
    const { free, kept_s, wait_s } = this.#rule;
    const failures = (current?.failures ?? 0) + 1;
    const blocked = failures > free ? now + wait_s(failures - free) * 1000 : 0;
    const ends = Math.max(current ? Date.parse(current.expires_at) : now + kept_s * 1000, blocked);
    return { id, failures, blocked_until: blocked === 0 ? '' : isoTime(blocked), expires_at: isoTime(ends) };
  }
}

const isoTime = (ms: number): string => new Date(ms).toISOString();

function expectFree(row: ThrottleRow | undefined): void {
  if (!row || row.blocked_until === '') return;
  const left_s = (Date.parse(row.blocked_until) - Date.now()) / 1000;
  if (left_s > 0) throw tooMany(left_s);
}

const tooMany = (left_s: number): GatewayError =>
  new GatewayError('too_many_requests', 'Expected fewer tries in a row; wait for the time in Retry-After', {
    retry_after_s: left_s,
  });
