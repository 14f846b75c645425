import { useState } from 'react';

/** Something is being done: the question stays, with what was typed, until it has been. */
export function useDoing(onDone: () => void): {
  readonly busy: boolean;
  readonly begin: (deed: Promise<boolean>) => void;
} {
  const [busy, setBusy] = useState(false);
  const begin = (deed: Promise<boolean>): void => {
    setBusy(true);
    void deed.then((done) => (done ? onDone() : setBusy(false)));
  };
  return { busy, begin };
}
