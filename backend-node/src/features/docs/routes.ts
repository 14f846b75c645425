/** GET /api/openapi.json and the page at /api/docs that shows it. They stand beside /api/v1, because they describe it. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, type RequestHandler } from 'express';
import { allRoutes } from '../../contract/index.ts';
import { openapi } from '../../contract/openapi/document.ts';
import { GatewayError } from '../../errors.ts';
import { VERSION } from '../../version.ts';

const OWN = `${import.meta.dirname}/page`;
const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Address below /api/docs → folder and file. Nothing else of those folders is served. */
const FILES: readonly (readonly [string, string, string])[] = [
  ['', OWN, 'index.html'],
  ['/start.js', OWN, 'start.js'],
  ['/page.css', OWN, 'page.css'],
  ['/swagger-ui.css', SWAGGER, 'swagger-ui.css'],
  ['/swagger-ui-bundle.js', SWAGGER, 'swagger-ui-bundle.js'],
];

export function docsRouter(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/openapi.json', openapiDocument());
  router.all('/openapi.json', onlyRead);
  for (const [address, root, file] of FILES) {
    router.get(`/docs${address}`, (_req, res) => {
      res.sendFile(file, { root, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } });
    });
    router.all(`/docs${address}`, onlyRead);
  }
  return router;
}

function openapiDocument(): RequestHandler {
  let made: { readonly text: string; readonly etag: string } | undefined;
  const make = () => {
    const text = JSON.stringify(openapi(allRoutes, VERSION));
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
  };
  return (_req, res) => {
    made ??= make();
    res.set({ ETag: made.etag, 'Cache-Control': 'no-cache' }).type('application/json').send(made.text);
  };
}

const onlyRead: RequestHandler = (req) => {
  throw new GatewayError('method_not_allowed', `Expected GET, HEAD, received ${req.method}`, {
    headers: { Allow: 'GET, HEAD' },
  });
};
