/**
 * What the picture shows for a recipe. A wish is answered twice: soon and small, then sharp once nobody changes it for a
 * while. An older answer is never shown after a newer one, and at most two are on their way. Knows no React and no HTTP.
 */
import { External } from '../../../lib/api/external.ts';
import { ApiProblem, isProblem } from '../../../lib/api/problem.ts';
import type { Shelf } from './shelf.ts';

export interface Wish<R> {
  /** The same for the same picture. */
  readonly key: string;
  readonly recipe: R;
  /** Longest side that the screen can show. */
  readonly max_px: number;
}

/** A picture that came. */
export interface Come<F> {
  readonly key: string;
  readonly max_px: number;
  readonly frame: F;
  /** Asking for more pixels gives no more. */
  readonly whole: boolean;
}

export interface Looked<F> {
  readonly shown: Come<F> | undefined;
  /** Something newer or sharper than what is shown is on its way. */
  readonly working: boolean;
  /** Why the latest wish could not be met. What was good before is still shown. */
  readonly problem: ApiProblem | undefined;
}

/** Resolves once it can be shown at once. whole: see Come. */
export type Ask<R, F> = (recipe: R, max_px: number, signal: AbortSignal) => Promise<{ frame: F; whole: boolean }>;

export interface Pace {
  readonly gather_ms: number;
  readonly quiet_ms: number;
  readonly patience_ms: number;
  readonly retry_ms: number;
  readonly quick_px: number;
}

export const PACE: Pace = { gather_ms: 60, quiet_ms: 250, patience_ms: 1500, retry_ms: 600, quick_px: 512 };
const MOST_AT_ONCE = 2;
const PASSING = [
  'too_busy',
  'too_many_requests',
  'processing_unavailable',
  'store_unavailable',
  'unreachable',
] as const;

interface Asked {
  /** Which wish it was for: they count up. */
  readonly turn: number;
  readonly max_px: number;
  readonly asked_at: number;
  readonly ending: AbortController;
}

export class Previews<R, F> extends External<Looked<F>> {
  readonly #ask: Ask<R, F>;
  readonly #pace: Pace;
  readonly #shelf: Shelf<Come<F>>;
  #wish: Wish<R> | undefined;
  #turn = 0;
  #wished_at = 0;
  /** When the first wish came that nothing was asked for yet. */
  #gathering_from: number | undefined;
  /** The wish that what is shown belongs to. */
  #shownTurn = 0;
  #failedTurn = 0;
  #wait_until = 0;
  #asked: Asked[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: Ask<R, F>, shelf: Shelf<Come<F>>, pace: Pace = PACE) {
    super({ shown: undefined, working: false, problem: undefined });
    this.#ask = ask;
    this.#shelf = shelf;
    this.#pace = pace;
  }

  /** From now on this is what shall be seen. */
  wish(wish: Wish<R>): void {
    if (wish.key === this.#wish?.key) {
      if (wish.max_px > this.#wish.max_px) this.#wished_at = Date.now();
      this.#wish = wish;
      this.#go();
      return;
    }
    this.#wish = wish;
    this.#turn += 1;
    this.#wished_at = Date.now();
    this.#giveUpSharp();
    const known = this.#shelf.get(wish.key);
    if (known) this.#show(known, this.#turn);
    this.#gathering_from = known ? undefined : (this.#gathering_from ?? this.#wished_at);
    this.#go();
  }

  /** The latest wish once more, after a problem. */
  again(): void {
    this.#failedTurn = 0;
    this.#go();
  }

  /** Nobody looks any more. */
  end(): void {
    clearTimeout(this.#timer);
    for (const { ending } of this.#asked) ending.abort();
    this.#asked = [];
    this.#shelf.clear();
    // Whoever comes back begins anew.
    this.#shownTurn = -1;
    this.#gathering_from = 0;
  }

  #go(): void {
    clearTimeout(this.#timer);
    const next = this.#next();
    this.#tell();
    if (next === undefined) return;
    const wait_ms = Math.max(next.at, this.#wait_until) - Date.now();
    if (wait_ms > 0) this.#timer = setTimeout(() => this.#go(), wait_ms);
    else if (this.#hasPlace()) this.#send(next.max_px);
  }

  /** What is to be asked for next, and from when on. */
  #next(): { readonly max_px: number; readonly at: number } | undefined {
    const wish = this.#wish;
    if (!wish || this.#failedTurn === this.#turn) return undefined;
    const has = this.#has();
    if (has?.whole || (has && has.max_px >= wish.max_px)) return undefined;
    const quick_px = Math.min(this.#pace.quick_px, wish.max_px);
    const due = this.#asked.filter(({ turn }) => turn === this.#turn).map(({ max_px }) => max_px);
    if (!has && due.length === 0) return { max_px: quick_px, at: (this.#gathering_from ?? 0) + this.#pace.gather_ms };
    if (due.some((px) => px >= wish.max_px) || !has) return undefined;
    return { max_px: wish.max_px, at: this.#wished_at + this.#pace.quiet_ms };
  }

  #has(): Come<F> | undefined {
    return this.#shownTurn === this.#turn ? this.get().shown : undefined;
  }

  /** Where both places are taken, one that was overtaken long ago gives way. */
  #hasPlace(): boolean {
    if (this.#asked.length < MOST_AT_ONCE) return true;
    const [oldest] = this.#asked;
    if (!oldest || oldest.turn === this.#turn) return false;
    const wait_ms = oldest.asked_at + this.#pace.patience_ms - Date.now();
    if (wait_ms > 0) this.#timer = setTimeout(() => this.#go(), wait_ms);
    else this.#giveUp(oldest);
    return wait_ms <= 0;
  }

  #send(max_px: number): void {
    const wish = this.#wish;
    if (!wish) return;
    const asked: Asked = { turn: this.#turn, max_px, asked_at: Date.now(), ending: new AbortController() };
    this.#asked.push(asked);
    this.#gathering_from = undefined;
    this.#tell();
    void this.#ask(wish.recipe, max_px, asked.ending.signal).then(
      ({ frame, whole }) => this.#came(asked, { key: wish.key, max_px, frame, whole }),
      (error: unknown) => this.#failed(asked, error),
    );
  }

  #came(asked: Asked, come: Come<F>): void {
    const known = this.#shelf.get(come.key);
    if (!this.#drop(asked) || (known && known.max_px >= come.max_px)) this.#shelf.refuse(come);
    else this.#shelf.put(come.key, come);
    const best = this.#shelf.get(come.key);
    if (best && asked.turn >= this.#shownTurn && best !== this.get().shown) this.#show(best, asked.turn);
    this.#go();
  }

  #failed(asked: Asked, error: unknown): void {
    if (!this.#drop(asked)) return;
    if (isProblem(error, ...PASSING)) {
      this.#wait_until = Date.now() + Math.max(error.retry_after_s * 1000, this.#pace.retry_ms);
    } else if (asked.turn === this.#turn) {
      this.#failedTurn = asked.turn;
      this.set({ ...this.get(), problem: problemIn(error) });
    }
    this.#go();
  }

  #show(come: Come<F>, turn: number): void {
    this.#shownTurn = turn;
    this.#shelf.hold(come.key);
    this.set({ shown: come, working: this.get().working, problem: undefined });
  }

  #giveUpSharp(): void {
    for (const asked of this.#asked.filter(({ max_px }) => max_px > this.#pace.quick_px)) this.#giveUp(asked);
  }

  #giveUp(asked: Asked): void {
    this.#drop(asked);
    asked.ending.abort();
  }

  /** False where it was given up before. */
  #drop(asked: Asked): boolean {
    const wanted = this.#asked.includes(asked);
    this.#asked = this.#asked.filter((one) => one !== asked);
    return wanted;
  }

  #tell(): void {
    const before = this.get();
    const problem = this.#failedTurn === this.#turn ? before.problem : undefined;
    const working = this.#next() !== undefined || this.#asked.some(({ turn }) => turn === this.#turn);
    if (before.working !== working || before.problem !== problem) this.set({ ...before, working, problem });
  }
}

const problemIn = (error: unknown): ApiProblem =>
  isProblem(error) ? error : new ApiProblem({ code: 'unreadable', detail: 'The picture that came cannot be shown.' });
