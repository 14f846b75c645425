import { sweepBlobs } from './blobs.ts';
import type { Chore } from './chore.ts';
import { removeOldDeliveries } from './deliveries.ts';
import { removeExpired } from './expired.ts';
import type { HouseParts } from './parts.ts';
import { emptyTrash } from './trash.ts';

/** In this order: what goes releases blobs. */
export const chores = (parts: HouseParts): readonly Chore[] => [
  removeExpired(parts.store),
  removeOldDeliveries(parts.store),
  emptyTrash(parts),
  sweepBlobs(parts),
];
