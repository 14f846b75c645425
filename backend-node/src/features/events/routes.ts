import { eventsRoutes } from '../../contract/events.ts';
import { GatewayError } from '../../errors.ts';
import { Arrivals } from '../../events/arrivals.ts';
import type { Api } from '../../http/api.ts';
import { AtOnce } from '../../http/at-once.ts';
import { SENT, type Who } from '../../http/call.ts';
import { Bell } from '../../events/bell.ts';
import type { EventParts, Pace } from './parts.ts';
import { textOfPlace } from './place.ts';
import { Events } from './service.ts';
import { Stream } from './stream.ts';
import { Telling } from './telling.ts';

const PACE: Pace = { beat_ms: 15_000, patience_ms: 15_000 };
const MOST_STREAMS = 10;
const RETRY_AFTER_S = 15;
const BACK_AFTER_S = 5;

export function addEvents(api: Api, parts: EventParts): void {
  const { pace = PACE } = parts;
  const events = new Events(parts);
  const arrivals = new Arrivals(parts);
  const streams = new AtOnce(MOST_STREAMS, tooMany);
  api.add(eventsRoutes, {
    followEvents: async ({ who, req, res, signal }) => {
      if (parts.ending?.aborted) throw stopping();
      res.type('text/event-stream');
      if (req.method === 'GET') {
        const over = parts.ending ? AbortSignal.any([signal, parts.ending]) : signal;
        const line = { who, last: req.get('Last-Event-ID'), over, stream: new Stream(res, over, pace.patience_ms) };
        await streams.run(who.id, () => follow(events, arrivals, line, pace));
      }
      res.end();
      return SENT;
    },
  });
}

interface Line {
  readonly who: Who;
  readonly last: string | undefined;
  readonly over: AbortSignal;
  readonly stream: Stream;
}

/** Ends when the signal aborts or the caller may hear no more. */
async function follow(events: Events, arrivals: Arrivals, line: Line, { beat_ms }: Pace): Promise<void> {
  const { who, over, stream } = line;
  const bell = new Bell();
  const unfollow = arrivals.follow(who.id, bell.ring);
  try {
    const beginning = await events.beginning(who.id, line.last);
    const telling = new Telling(stream, beginning.place);
    const id = textOfPlace(beginning.place);
    await stream.begin(id);
    if (beginning.reset) await stream.send({ id, name: 'reset', data: {} });
    let beatAt = Date.now() + beat_ms;
    while (!over.aborted) {
      const rows = await events.after(who.id, telling.read);
      for (const row of rows) await telling.hear(row);
      await telling.flush();
      if (Date.now() >= beatAt) {
        if (!(await events.mayHear(who))) return;
        await stream.beat();
        beatAt = Date.now() + beat_ms;
      }
      if (rows.length === 0) await bell.wait(Math.min(beatAt - Date.now(), telling.wait()), over);
    }
  } finally {
    unfollow();
  }
}

const stopping = (): GatewayError =>
  new GatewayError('store_unavailable', 'Expected a gateway that goes on, this one is stopping', {
    retry_after_s: BACK_AFTER_S,
  });

const tooMany = (): GatewayError =>
  new GatewayError('too_many_requests', `Expected at most ${MOST_STREAMS} streams of events for one account`, {
    retry_after_s: RETRY_AFTER_S,
  });
