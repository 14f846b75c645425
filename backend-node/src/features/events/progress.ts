/**
 * Progress on its way to one listener: at most five a second, however fast work goes. Of several about one thing only the
 * newest is told; each thing has its turn.
 */
import type { JournalRow } from '../../store/rows.ts';

/** A little slower than that, so that a late timer does not make it six. */
const EACH_MS = 250;

/** Actions that say how far something is: a newer one makes the older ones needless. */
export const PROGRESS = ['batch.progressed', 'import.progressed'] as const;
const PROGRESSES: ReadonlySet<string> = new Set(PROGRESS);
/** After these nothing progresses: what they tell is newer. */
const LAST = /\.(ended|deleted)$/;

export const isProgress = ({ action }: Pick<JournalRow, 'action'>): boolean => PROGRESSES.has(action);

export class Progress {
  /** By target, in the order of their turns: a newer row takes the place of the one before. */
  readonly #held = new Map<string, JournalRow>();
  #freeAt = 0;

  /** To be told when its turn comes. */
  hold(row: JournalRow): void {
    this.#held.set(row.target, row);
  }

  /** Another row is told: what it makes needless is dropped. */
  overtake({ action, target }: JournalRow): void {
    if (LAST.test(action)) this.#held.delete(target);
  }

  /** The one whose turn it is, if it is time. */
  take(now_ms: number): JournalRow | undefined {
    const [row] = this.#held.values();
    if (!row || now_ms < this.#freeAt) return undefined;
    this.#held.delete(row.target);
    this.#freeAt = now_ms + EACH_MS;
    return row;
  }

  /** Milliseconds until take gives one; Infinity where none is held. */
  wait(now_ms: number): number {
    return this.#held.size === 0 ? Infinity : Math.max(0, this.#freeAt - now_ms);
  }

  /** The seq of the first row that is still held; Infinity where none is. */
  get oldest(): number {
    return Math.min(...[...this.#held.values()].map(({ seq }) => seq));
  }
}
