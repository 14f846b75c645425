/** The built app: its files, and its one page for every address that is a page's. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import sirv from 'sirv';

/** Where `make up` builds it. */
const BUILT = fileURLToPath(new URL('../../../frontend/dist', import.meta.url));

/** The folder of the built app; undefined where none was built. */
export const builtApp = (): string | undefined => (existsSync(join(BUILT, 'index.html')) ? BUILT : undefined);

/** A file whose name holds its hash never changes. Everything else is asked for again each time. */
const isForEver = (path: string): boolean => path.startsWith('/assets/');

/** The token of a share link has a dot, and may pass for the name of a file: sirv would not give it the page. */
const isShared = (path: string): boolean => path.startsWith('/s/');

export function appFiles(folder: string): RequestHandler {
  const files = sirv(folder, {
    single: true,
    // A missing file is missing; an unknown address of the API is a problem, not a page.
    ignores: [/^\/api(?:\/|$)/, /\.\w+$/],
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (res, path) => {
      res.setHeader('Cache-Control', isForEver(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (req, res, next) => {
    if (isShared(req.path)) req.url = '/';
    files(req, res, next);
  };
}
