/** Does the chores soon after the start and then every ten minutes, for as long as the gateway runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../logs.ts';
import type { Chore } from './chore.ts';

const FIRST_MS = 5000;
const EACH_MS = 10 * 60_000;

export interface Rhythm {
  readonly first_ms: number;
  readonly each_ms: number;
}

/** stop resolves once what was begun has ended. */
export function keepHouse(
  chores: readonly Chore[],
  log: Log,
  rhythm: Rhythm = { first_ms: FIRST_MS, each_ms: EACH_MS },
): { readonly stop: () => Promise<void> } {
  const over = new AbortController();
  const ended = loop(chores, log, rhythm, over.signal);
  return {
    stop: () => {
      over.abort();
      return ended;
    },
  };
}

async function loop(
  chores: readonly Chore[],
  log: Log,
  { first_ms, each_ms }: Rhythm,
  over: AbortSignal,
): Promise<void> {
  let wait_ms = first_ms;
  while (await slept(wait_ms, over)) {
    await round(chores, log, over);
    // Several gateways that were started together do not stay together.
    wait_ms = each_ms * (0.9 + Math.random() * 0.2);
  }
}

/** Every chore once. What fails is logged; the others are done all the same. */
async function round(chores: readonly Chore[], log: Log, over: AbortSignal): Promise<void> {
  for (const chore of chores) if (!over.aborted) await attempt(chore, log, over);
}

async function attempt(chore: Chore, log: Log, over: AbortSignal): Promise<void> {
  try {
    const done = await chore.run(over);
    if (done > 0) log.info({ chore: chore.name, done }, 'tidied up');
  } catch (error) {
    if (!over.aborted) log.warn({ chore: chore.name, err: error }, 'not tidied up; tried again later');
  }
}

/** False where it was woken to end. */
const slept = (ms: number, over: AbortSignal): Promise<boolean> => sleep(ms, true, { signal: over }).catch(() => false);
