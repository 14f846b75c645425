import { useState } from 'react';
import type { Image } from '../../lib/data/images.ts';
import type { Looked } from './looked.ts';

export type Comparing = ReturnType<typeof useComparing>;

/** Whether the original is beside what became of it. It stays so while pages are turned. */
export function useComparing(image: Image, looked: Looked) {
  const [wanted, setWanted] = useState(false);
  const differs = image.current_version !== '' || looked.kind === 'version';
  const shown = wanted && differs;
  return { differs, shown, toggle: () => setWanted(differs && !wanted), end: () => setWanted(false) };
}
