/** The gateway's event stream, read with fetch so that it carries the token. */
import type { Event } from '../../../../backend-node/src/contract/events.ts';
import { open } from './call.ts';

export interface Heard {
  /** noun.verb, like image.trashed; reset: too much happened, read everything again. */
  readonly action: string;
  readonly event: Event | undefined;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** Tells of every event until the signal is aborted; connects again by itself, where it left off. */
export async function followEvents(heard: (heard: Heard) => void, signal: AbortSignal): Promise<void> {
  let last = '';
  let wait_ms = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = last === '' ? {} : { 'Last-Event-ID': last };
      const answer = await open('get /events', { signal, headers });
      wait_ms = FIRST_WAIT_MS;
      for await (const block of blocksOf(answer)) {
        const told = parse(block);
        if (told.id !== '') last = told.id;
        if (told.action !== '') heard(told);
      }
    } catch {
      // The banner tells what is wrong; here it is only tried again.
      wait_ms = Math.min(wait_ms * 2, LONGEST_WAIT_MS);
    }
    await pause(wait_ms, signal);
  }
}

async function* blocksOf(answer: Response): AsyncGenerator<string> {
  if (!answer.body) return;
  let rest = '';
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
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

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
