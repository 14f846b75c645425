import { VisuallyHidden } from '@mantine/core';
import { FirstPictures } from '../../features/gallery/first-pictures.tsx';
import { Gallery } from '../../features/gallery/gallery.tsx';
import { NewBatch } from './new-batch.ts';
import { words } from '../words.ts';

export function Component() {
  return (
    <>
      <VisuallyHidden component="h1">{words.gallery}</VisuallyHidden>
      <Gallery empty={<FirstPictures />} batch={NewBatch} />
    </>
  );
}
