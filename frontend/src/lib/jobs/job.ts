/** Long work of this tab: many tasks, a few at once, with progress, pause, retry and an end. Knows nothing of what a task does. */
import { External } from '../api/external.ts';
import { isProblem } from '../api/problem.ts';
import { pause } from '../pause.ts';

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
  /** How long it did nothing since it began, paused or done, before it went on. */
  readonly rested_ms: number;
}

const LONGEST_WAIT_MS = 15_000;
const MOST_TRIES = 8;
/** Progress comes often: it is told this often. Not by animation frames, which stop while the tab is in the background. */
const TELL_EACH_MS = 100;
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
  readonly #counts = { waiting: 0, running: 0, done: 0, failed: 0 };
  /** No task before this one waits. */
  #next = 0;
  #announcing = false;
  #resting_at = 0;
  #waiting: (() => void)[] = [];

  constructor(wish: JobWish<T>) {
    const tasks = wish.items.map((item) => taskOf(wish, item));
    const { id, title, link = '' } = wish;
    const counts = { waiting: tasks.length, running: 0, done: 0, failed: 0 };
    const times = { started_at: Date.now(), ended_at: 0, rested_ms: 0 };
    super({ id, title, link, state: 'running', tasks: [...tasks], counts, ...times });
    this.#wish = wish;
    this.#tasks = tasks;
    this.#counts.waiting = tasks.length;
    this.#fill();
  }

  /** More of the same. What was done begins again with these; what was cancelled stays so. */
  add(items: readonly T[]): void {
    if (this.#ending.signal.aborted || items.length === 0) return;
    for (const item of items) this.#tasks.push(taskOf(this.#wish, item));
    this.#counts.waiting += items.length;
    this.#become(this.get().state === 'paused' ? 'paused' : 'running');
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
    this.#ending.abort();
    this.#become('cancelled');
  }

  /** What failed, once more. */
  retry(): void {
    if (this.#ending.signal.aborted) return;
    if (this.#counts.failed === 0) return;
    this.#tasks.forEach(
      (task, at) => task.state === 'failed' && this.#put(at, { state: 'waiting', share: 0, note: '' }),
    );
    this.#next = 0;
    this.#become(this.get().state === 'paused' ? 'paused' : 'running');
    this.#fill();
  }

  #fill(): void {
    while (this.get().state === 'running' && this.#counts.running < this.#wish.at_once) {
      const at = this.#nextWaiting();
      if (at === -1) break;
      this.#put(at, { state: 'running' });
      void this.#do(at).finally(() => this.#fill());
    }
    const idle = this.#counts.running === 0 && this.#counts.waiting === 0;
    if (idle && this.get().state === 'running') this.#become('done');
  }

  #nextWaiting(): number {
    while (this.#next < this.#tasks.length && this.#tasks[this.#next]?.state !== 'waiting') this.#next += 1;
    return this.#next < this.#tasks.length ? this.#next : -1;
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
        await pause(wait_ms, signal);
        signal.throwIfAborted();
      }
    }
  }

  #put(at: number, change: Partial<Task<T>>): void {
    const task = this.#tasks[at];
    if (!task) return;
    const changed = { ...task, ...change };
    this.#tasks[at] = changed;
    this.#counts[task.state] -= 1;
    this.#counts[changed.state] += 1;
    if (this.#announcing) return;
    this.#announcing = true;
    setTimeout(() => {
      this.#announcing = false;
      this.#tell({});
    }, TELL_EACH_MS);
  }

  #become(state: JobState['state']): void {
    const open = isOpen({ state });
    const now = Date.now();
    const before = this.get();
    if (before.state === 'running') this.#resting_at = now;
    const rested_ms = before.state === 'running' || state !== 'running' ? 0 : now - this.#resting_at;
    this.#tell({ state, ended_at: open ? 0 : now, rested_ms: before.rested_ms + rested_ms });
    if (!open) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #tell(change: Partial<JobState<T>>): void {
    this.set({ ...this.get(), tasks: [...this.#tasks], counts: { ...this.#counts }, ...change });
  }
}

const taskOf = <T>(wish: JobWish<T>, item: T): Task<T> => ({
  item,
  name: wish.nameOf(item),
  state: 'waiting',
  share: 0,
  note: '',
});

export const isOpen = ({ state }: Pick<JobState, 'state'>): boolean => state === 'running' || state === 'paused';

/** 0 to 1: how much of it is over, well or not. */
export const shareOf = ({ counts, tasks }: Pick<JobState, 'counts' | 'tasks'>): number =>
  tasks.length === 0 ? 1 : overIn(counts) / tasks.length;

/** How many tasks are over, well or not. */
export const overIn = ({ done, failed }: JobState['counts']): number => done + failed;

/** How long it worked, without pauses. */
export const workedFor = ({ started_at, rested_ms }: JobState, now = Date.now()): number =>
  now - started_at - rested_ms;

/** Milliseconds until it is done, by how long it took until now; undefined where nothing is known yet. */
export function timeLeft(job: JobState, now = Date.now()): number | undefined {
  const { counts, state } = job;
  const over = overIn(counts);
  if (state !== 'running' || over === 0) return undefined;
  return (workedFor(job, now) / over) * (counts.waiting + counts.running);
}
