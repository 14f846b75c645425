import { Suspense, useState } from 'react';
import { Products } from '../../features/products/products.tsx';
import type { BatchPictures } from '../../lib/data/batch-pictures.ts';
import { NewBatch } from './new-batch.ts';

export function Component() {
  const [pictures, setPictures] = useState<BatchPictures>();
  return (
    <>
      <Products onProcess={setPictures} />
      <Suspense>{pictures && <NewBatch pictures={pictures} onClose={() => setPictures(undefined)} />}</Suspense>
    </>
  );
}
