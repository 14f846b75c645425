/** Every route of the API. */
import { albumsRoutes } from './albums.ts';
import { apiKeysRoutes } from './api-keys.ts';
import { auditRoutes } from './audit.ts';
import { authRoutes } from './auth.ts';
import { batchesRoutes } from './batches.ts';
import { catalogueRoutes } from './catalogue.ts';
import { compatRoutes } from './compat.ts';
import { eventsRoutes } from './events.ts';
import { galleryRoutes } from './gallery.ts';
import { healthRoutes } from './health.ts';
import { exportRoutes } from './image-export.ts';
import { filesRoutes } from './image-files.ts';
import { imagesRoutes } from './images.ts';
import { importsRoutes } from './imports.ts';
import { previewRoutes } from './preview.ts';
import { productsRoutes } from './products.ts';
import { recipesRoutes } from './recipes.ts';
import type { Routes } from './route.ts';
import { samplesRoutes } from './samples.ts';
import { sharesRoutes } from './shares.ts';
import { storageRoutes } from './storage.ts';
import { usersRoutes } from './users.ts';
import { versionsRoutes } from './versions.ts';
import { webhooksRoutes } from './webhooks.ts';

/** By area, in the order of the reference page. */
export const AREAS = [
  authRoutes,
  usersRoutes,
  apiKeysRoutes,
  imagesRoutes,
  samplesRoutes,
  galleryRoutes,
  filesRoutes,
  exportRoutes,
  versionsRoutes,
  previewRoutes,
  batchesRoutes,
  importsRoutes,
  productsRoutes,
  recipesRoutes,
  catalogueRoutes,
  albumsRoutes,
  sharesRoutes,
  webhooksRoutes,
  compatRoutes,
  eventsRoutes,
  auditRoutes,
  healthRoutes,
  storageRoutes,
] as const satisfies readonly Routes[];

type RoutesIn<Area> = Area extends Routes ? Area[keyof Area] : never;

/** The exact type of each route, for a client that knows what it sends and gets. */
export type EveryRoute = RoutesIn<(typeof AREAS)[number]>;

export const allRoutes: Routes = merged(AREAS);

function merged(areas: readonly Routes[]): Routes {
  const all: Record<string, Routes[string]> = {};
  for (const [name, route] of areas.flatMap((area) => Object.entries(area))) {
    if (Object.hasOwn(all, name)) throw new Error(`Two routes are called ${name}`);
    all[name] = route;
  }
  return all;
}
