import { lazy } from 'react';

/** What the gallery, albums and products ask before a batch begins: it comes in when it is first wanted. */
export const NewBatch = lazy(() => import('../../features/batches/new/new-batch.tsx'));
