/** For load balancers and monitors. Each is also found outside /api/v1. */
import { z } from 'zod';
import { routes } from './route.ts';

const Status = z.object({ status: z.string() });

const tag = 'health';

export const healthRoutes = routes({
  healthz: {
    method: 'get',
    path: '/healthz',
    tag,
    summary: 'Whether the gateway lives',
    access: 'open',
    answers: { 200: { description: 'It answers requests.', body: Status } },
  },
  readyz: {
    method: 'get',
    path: '/readyz',
    tag,
    summary: 'Whether the gateway can work',
    access: 'open',
    answers: { 200: { description: 'The database and the processing service answer.', body: Status } },
    problems: ['store_unavailable', 'processing_unavailable'],
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    tag,
    summary: 'Figures for Prometheus',
    access: 'open',
    allowance: 'For administrators, and for callers on this very machine that come through no proxy.',
    answers: { 200: { description: 'Prometheus text.', media: ['text/plain'] } },
    problems: ['unauthorized', 'forbidden'],
  },
});
