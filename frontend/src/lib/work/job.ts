/** Long work of this tab: many tasks, a few at once, with progress, pause, retry and an end. Knows nothing of what a task does. */
import { External } from '../api/external.ts';
import { isProblem } from '../api/problem.ts';

export type TaskState = 'waiting' | 'running' | 'done' | 'failed';

export interface Task<T> {
  readonly item: T;
  readonly name: string;
  readonly state: TaskState;
  /** 0 to 1, where the task tells. */
  readonly share: number;
  /** What became of it: why it failed, or anything worth saying. */
  readonly note: string;
}

export interface Doing {
  readonly signal: AbortSignal;
  /** share: 0 to 1. */
  readonly progress: (share: number) => void;
}

export interface JobWish<T> {
  readonly id: string;
  readonly title: string;
  readonly items: readonly T[];
  readonly nameOf: (item: T) => string;
  /** Resolves with a note ('' where there is nothing to say). What it rejects with is told as the reason. */
  readonly run: (item: T, doing: Doing) => Promise<string>;
  readonly at_once: number;
  /** Where the pictures of it can be seen. */
  readonly link?: string;
}

export interface JobState<T = unknown> {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly state: 'running' | 'paused' | 'done' | 'cancelled';
  readonly tasks: readonly Task<T>[];
  readonly counts: Readonly<Record<TaskState, number>>;
  readonly started_at: number;
  readonly ended_at: number;
}

const LONGEST_WAIT_MS = 15_000;
const MOST_TRIES = 8;
/** Reasons that pass by themselves. */
const PASSING = [
  'too_busy',
  'too_many_requests',
  'processing_unavailable',
  'store_unavailable',
  'unreachable',
] as const;

export class Job<T> extends External<JobState<T>> {
  readonly #wish: JobWish<T>;
  readonly #tasks: Task<T>[];
  readonly #ending = new AbortController();
  #running = 0;
  #announcing = false;
  #waiting: (() => void)[] = [];

  constructor(wish: JobWish<T>) {
    const tasks = wish.items.map((item): Task<T> => ({
      item,
      name: wish.nameOf(item),
      state: 'waiting',
      share: 0,
      note: '',
    }));
    super(stateOf(wish, tasks, { state: 'running', ended_at: 0, started_at: Date.now() }));
    this.#wish = wish;
    this.#tasks = tasks;
    this.#fill();
  }

  /** Resolves once nothing runs and nothing waits. */
  async ended(): Promise<JobState<T>> {
    if (isOpen(this.get())) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.get();
  }

  /** What runs is finished; nothing new begins. */
  pause(): void {
    if (this.get().state === 'running') this.#become('paused');
  }

  resume(): void {
    if (this.get().state !== 'paused') return;
    this.#become('running');
    this.#fill();
  }

  cancel(): void {
    if (!isOpen(this.get())) return;
    this.#become('cancelled');
    this.#ending.abort();
  }

  /** What failed, once more. */
  retry(): void {
    if (this.#ending.signal.aborted) return;
    this.#tasks.forEach(
      (task, at) => task.state === 'failed' && this.#put(at, { state: 'waiting', share: 0, note: '' }),
    );
    this.#become('running');
    this.#fill();
  }

  #fill(): void {
    while (this.get().state === 'running' && this.#running < this.#wish.at_once) {
      const at = this.#tasks.findIndex(({ state }) => state === 'waiting');
      if (at === -1) break;
      this.#running += 1;
      this.#put(at, { state: 'running' });
      void this.#do(at).finally(() => {
        this.#running -= 1;
        this.#fill();
      });
    }
    if (this.#running === 0 && this.get().state === 'running') this.#become('done');
  }

  async #do(at: number): Promise<void> {
    const task = this.#tasks[at];
    if (!task) return;
    try {
      const note = await this.#patiently(task.item, (share) => this.#put(at, { share }));
      this.#put(at, { state: 'done', share: 1, note });
    } catch (error) {
      const note = this.#ending.signal.aborted ? '' : error instanceof Error ? error.message : String(error);
      this.#put(at, { state: this.#ending.signal.aborted ? 'waiting' : 'failed', share: 0, note });
    }
  }

  async #patiently(item: T, progress: (share: number) => void): Promise<string> {
    const { signal } = this.#ending;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#wish.run(item, { signal, progress });
      } catch (error) {
        if (signal.aborted || tries === MOST_TRIES || !isProblem(error, ...PASSING)) throw error;
        const wait_ms = Math.max(error.retry_after_s * 1000, Math.min(500 * 2 ** tries, LONGEST_WAIT_MS));
        await new Promise((resolve) => setTimeout(resolve, wait_ms));
      }
    }
  }

  #put(at: number, change: Partial<Task<T>>): void {
    const task = this.#tasks[at];
    if (task) this.#tasks[at] = { ...task, ...change };
    // Progress comes often: it is told once a frame.
    if (this.#announcing) return;
    this.#announcing = true;
    requestAnimationFrame(() => {
      this.#announcing = false;
      this.set(stateOf(this.#wish, this.#tasks, this.get()));
    });
  }

  #become(state: JobState['state']): void {
    const open = state === 'running' || state === 'paused';
    this.set(stateOf(this.#wish, this.#tasks, { ...this.get(), state, ended_at: open ? 0 : Date.now() }));
    if (!open) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

export const isOpen = ({ state }: Pick<JobState, 'state'>): boolean => state === 'running' || state === 'paused';

function stateOf<T>(
  { id, title, link = '' }: JobWish<T>,
  tasks: readonly Task<T>[],
  { state, started_at, ended_at }: Pick<JobState, 'state' | 'started_at' | 'ended_at'>,
): JobState<T> {
  const counts = { waiting: 0, running: 0, done: 0, failed: 0 };
  for (const task of tasks) counts[task.state] += 1;
  return { id, title, link, state, tasks: [...tasks], counts, started_at, ended_at };
}

/** Milliseconds until it is done, by how long it took until now; undefined where nothing is known yet. */
export function timeLeft({ counts, started_at, state }: JobState, now = Date.now()): number | undefined {
  const done = counts.done + counts.failed;
  if (state !== 'running' || done === 0) return undefined;
  return ((now - started_at) / done) * (counts.waiting + counts.running);
}
