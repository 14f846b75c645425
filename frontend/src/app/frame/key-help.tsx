import { lazy, Suspense } from 'react';
import { External, useExternal } from '../../lib/api/external.ts';
import { useKeys } from '../../ui/keys.tsx';
import { words } from '../words.ts';

const KeyList = lazy(() => import('./key-list.tsx'));

const shown = new External(false);

export const showKeyHelp = (): void => shown.set(true);

/** `?` lists every shortcut that works on the page as it is. */
export function KeyHelp() {
  const opened = useExternal(shown);
  useKeys(words.pages, [{ keys: 'shift+?', does: words.help, run: showKeyHelp }]);
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <KeyList onClose={() => shown.set(false)} />
    </Suspense>
  );
}
