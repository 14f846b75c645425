/** Health and figures over HTTP. */
import type { Request } from 'express';
import { healthRoutes } from '../../contract/health.ts';
import { GatewayError } from '../../errors.ts';
import type { Api } from '../../http/api.ts';
import { ok, SENT, type Who } from '../../http/call.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface HealthParts {
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

export function addHealth(api: Api, { metrics, readiness }: HealthParts): void {
  api.add(healthRoutes, {
    healthz: () => ok({ status: 'ok' }),
    readyz: async () => {
      await readiness.check();
      return ok({ status: 'ready' });
    },
    metrics: async ({ req, res, who }) => {
      expectWatcher(req, who);
      const text = await metrics.text();
      res.set({ 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text);
      return SENT;
    },
  });
}

/** Somebody on this very machine who did not come through a proxy on it, or an administrator. */
function expectWatcher(req: Request, who: Who | undefined): void {
  if (who?.role === 'admin' && who.scopes.has('admin')) return;
  const forwarded = req.headers.forwarded !== undefined || req.headers['x-forwarded-for'] !== undefined;
  if (LOOPBACK.has(req.socket.remoteAddress ?? '') && !forwarded) return;
  if (!who) throw new GatewayError('unauthorized', 'Expected an administrator, received nobody who is signed in');
  throw new GatewayError('forbidden', `Expected an administrator, received the role ${who.role}`);
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
