import { useEffect } from 'react';
import { ReadyBoard, SendingBoard } from './board.tsx';
import { Choose } from './choose.tsx';
import { pick, useUpload } from './uploads.ts';

/** Choosing, saying what with, watching. */
export function Upload() {
  const { picks, sending } = useUpload();
  usePaste();
  if (picks.length === 0) return <Choose />;
  return sending ? <SendingBoard picks={picks} sending={sending} /> : <ReadyBoard picks={picks} />;
}

/** What was copied: a picture from anywhere, or files. */
function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      pick(files);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}
