/** The gateway's event stream, read with fetch so that it carries the token. */
import type { Event } from '../../../../backend-node/src/contract/events.ts';
import { pause } from '../pause.ts';
import { open } from './call.ts';
import { partsOf } from './lines.ts';

export interface Heard {
  /** noun.verb, like image.trashed; reset: too much happened, read everything again. */
  readonly action: string;
  readonly event: Event | undefined;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Tells of every event until the signal is aborted; connects again by itself, where it left off. Only while the tab is
 * in sight: browsers have six connections for all tabs of a site over http, and a stream keeps one.
 */
export async function followEvents(heard: (heard: Heard) => void, signal: AbortSignal): Promise<void> {
  let last = '';
  let wait_ms = FIRST_WAIT_MS;
  while (!signal.aborted) {
    await inSight(signal);
    const sight = sightOf(signal);
    try {
      const headers: Record<string, string> = last === '' ? {} : { 'Last-Event-ID': last };
      const answer = await open('get /events', { signal: sight.signal, headers });
      wait_ms = FIRST_WAIT_MS;
      for await (const block of partsOf(answer, '\n\n')) {
        const told = parse(block);
        if (told.id !== '') last = told.id;
        if (told.action !== '') heard(told);
      }
    } catch {
      // The banner tells what is wrong; here it is only tried again.
      if (!sight.signal.aborted) wait_ms = Math.min(wait_ms * 2, LONGEST_WAIT_MS);
    }
    sight.end();
    await pause(wait_ms, signal);
  }
}

/** Resolves once the tab can be seen. */
function inSight(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ending = new AbortController();
    const look = () => {
      if (document.hidden && !signal.aborted) return;
      ending.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', look, { signal: ending.signal });
    signal.addEventListener('abort', look, { signal: ending.signal });
    look();
  });
}

/** A signal that is aborted once the tab is out of sight, or with the other one. */
function sightOf(outer: AbortSignal): { readonly signal: AbortSignal; readonly end: () => void } {
  const ending = new AbortController();
  const { signal } = ending;
  const look = () => {
    if (document.hidden || outer.aborted) ending.abort();
  };
  document.addEventListener('visibilitychange', look, { signal });
  outer.addEventListener('abort', look, { signal });
  look();
  return { signal, end: () => ending.abort() };
}

function parse(block: string): Heard & { readonly id: string } {
  const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^[^:]*: ?/, '')]));
  const data = fields.get('data');
  return {
    id: fields.get('id') ?? '',
    action: fields.get('event') ?? '',
    event: data === undefined ? undefined : (JSON.parse(data) as Event),
  };
}
