import { Suspense, useState } from 'react';
import { Products } from '../../features/products/products.tsx';
import type { BatchPictures } from '../../lib/data/batch-pictures.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';
import { NewBatch } from './new-batch.ts';

interface Wanted {
  readonly pictures: BatchPictures;
  readonly own: RecipeWish | undefined;
}

export function Component() {
  const [wanted, setWanted] = useState<Wanted>();
  return (
    <>
      <Products onProcess={(pictures, own) => setWanted({ pictures, own })} />
      <Suspense>
        {wanted && <NewBatch pictures={wanted.pictures} wish={wanted.own} onClose={() => setWanted(undefined)} />}
      </Suspense>
    </>
  );
}
