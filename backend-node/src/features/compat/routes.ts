/** Addresses of other programs, outside /api/v1: their clients work here unchanged. */
import { Router, type RequestHandler } from 'express';
import { allowOrigins } from '../../http/cors.ts';
import type { CompatParts } from './parts.ts';
import { rembgRouter } from './rembg.ts';
import { removeBgRouter } from './remove-bg.ts';
import { whitePictureRouter } from './white-picture.ts';

export function compatRouter(parts: CompatParts, limitRate: RequestHandler): Router {
  const router = Router({ caseSensitive: true });
  router.use(['/v1.0', '/api/remove', '/remove-bg'], allowOrigins(parts.settings.origins));
  router.use('/v1.0', removeBgRouter(parts, limitRate));
  router.use('/api/remove', rembgRouter(parts, limitRate));
  router.use('/remove-bg', whitePictureRouter(parts, limitRate));
  return router;
}
