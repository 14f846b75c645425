/** Events: what changed, told as it happens. Each is an entry of the journal. */
import { z } from 'zod';
import { Time } from './common.ts';
import { routes } from './route.ts';

/** The data of an event; its name is the action, its id says where to go on. */
export const Event = z
  .object({
    target: z.string().describe('Id of what it was done to; empty where details.ids lists several.'),
    action: z.string().describe('noun.verb, like image.trashed'),
    at: Time,
    details: z.looseObject({}),
  })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof Event>;

const tag = 'events';

export const eventsRoutes = routes({
  followEvents: {
    method: 'get',
    path: '/events',
    tag,
    summary: 'Hear of changes to your things as they happen',
    description:
      'Server-sent events: `event` is the action, `id` where to go on, `data` an Event. Send the last id as ' +
      'Last-Event-ID to hear what happened since; without it the stream begins now. The event `reset` says that too ' +
      'much happened since then: read everything again. How far a batch or an import is (`….progressed`) is told at most five ' +
      'times a second: of what happened in between only the newest. A comment each 15 seconds shows that the line is open. ' +
      'The stream ends when the sign-in or the key does, and where the reader is too slow: connect again.',
    access: { scope: 'images:read' },
    answers: { 200: { description: 'The stream.', media: ['text/event-stream'] } },
    problems: ['too_many_requests'],
  },
});
