/** Files that are held over any page: the place that takes them comes in when that first happens. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';

const DropOverlay = lazy(async () => ({
  default: (await import('../../features/upload/drop-overlay.tsx')).DropOverlay,
}));

export function DropAnywhere() {
  const { held, seen } = useHeldFiles();
  const navigate = useNavigate();
  if (!seen) return null;
  return (
    <Suspense>
      <DropOverlay shown={held} onPicked={() => void navigate('/upload')} />
    </Suspense>
  );
}

/** held: they are over the window now. seen: they once were. */
function useHeldFiles(): { held: boolean; seen: boolean } {
  const [state, setState] = useState({ held: false, seen: false });
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const enter = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) setState({ held: true, seen: true });
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setState((before) => ({ ...before, held: false }));
    };
    // What misses the place would otherwise open in the place of the app.
    const keep = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const over = (event: DragEvent) => {
      keep(event);
      // Some browsers tell of each element that is left as if it were the window.
      if (event.defaultPrevented) setState((before) => (before.held ? before : { held: true, seen: true }));
    };
    const drop = (event: DragEvent) => {
      keep(event);
      setState((before) => ({ ...before, held: false }));
    };
    addEventListener('dragenter', enter, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('dragover', over, { signal });
    addEventListener('drop', drop, { signal });
    return () => ending.abort();
  }, []);
  return state;
}
