/** Processes of the studio under test: found by who started them, killed as a crash kills them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Set for every worker process that Dask starts, and for nothing else. */
const OF_DASK = 'DASK_LOGGING__DISTRIBUTED=';
const GONE_OR_NOT_OURS: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly environment: string;
}

/** Those that there are now; one that ends while it is looked at is left out. */
function running(): readonly Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), environment }];
      } catch (error) {
        if (GONE_OR_NOT_OURS.has((error as NodeJS.ErrnoException).code)) return [];
        throw error;
      }
    });
}

/** A process and everything below it. */
function tree(roots: readonly number[], all: readonly Running[]): ReadonlySet<number> {
  const found = new Set(roots);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return found;
}

/** The processes of Dask that work on pictures, below this one; not those that these started in turn. */
export function workersOf(root: number): readonly number[] {
  const all = running();
  const below = tree([root], all);
  const marked = all.filter(({ pid, environment }) => below.has(pid) && environment.includes(OF_DASK));
  const pids = new Set(marked.map(({ pid }) => pid));
  return marked.filter(({ parent }) => !pids.has(parent)).map(({ pid }) => pid);
}

/** The process and what it started itself, without the workers: what answers requests. */
export function serversOf(root: number): readonly number[] {
  const all = running();
  const own = all.filter(({ parent, environment }) => parent === root && !environment.includes(OF_DASK));
  return [root, ...own.map(({ pid }) => pid)];
}

/** Those that have this in their environment and stand below none of the roots. */
export function leftOver(mark: string, roots: readonly number[]): readonly number[] {
  const all = running();
  const known = tree([process.pid, ...roots], all);
  return all.filter(({ pid, environment }) => environment.includes(mark) && !known.has(pid)).map(({ pid }) => pid);
}

/** Everything that has this in its environment. */
export const marked = (mark: string): readonly number[] =>
  running()
    .filter(({ environment }) => environment.includes(mark))
    .map(({ pid }) => pid);

export function killNow(pids: readonly number[]): void {
  // 0 would be all of us.
  for (const pid of pids.filter((each) => each > 0)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** A program that can be killed and started again with the same words. */
export class Program {
  readonly #command: readonly [string, ...string[]];
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log: string;
  #child: ChildProcess | undefined;

  constructor(command: readonly [string, ...string[]], environment: Readonly<Record<string, string>>, log: string) {
    this.#command = command;
    this.#environment = environment;
    this.#log = log;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  start(): void {
    const [program, ...words] = this.#command;
    const env = { ...process.env, ...this.#environment };
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(this.#log, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

/** Until it is so; throws where it takes longer than anybody would wait. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  most_s = 120,
): Promise<T> {
  const latest = Date.now() + most_s * 1000;
  while (Date.now() < latest) {
    const found = await ask();
    if (found !== undefined && found !== false) return found;
    await sleep(200);
  }
  throw new Error(`Expected ${what} within ${most_s} s`);
}
