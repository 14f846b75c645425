import { useEffect } from 'react';
import { ReadyBoard, SendingBoard } from './board.tsx';
import { Choose } from './choose.tsx';
import { pick, useUpload } from './uploads.ts';
import { ZipBoard } from './zip-board.tsx';

interface UploadProps {
  /** A chosen spreadsheet lists addresses rather than files. */
  readonly onLinks: (list: File) => void;
}

/** Choosing, saying what with, watching. */
export function Upload({ onLinks }: UploadProps) {
  const { picks, extras, sending } = useUpload();
  usePaste();
  if (sending?.kind === 'zip') return <ZipBoard sending={sending} />;
  if (sending) return <SendingBoard picks={picks} sending={sending} />;
  return picks.length + extras.length === 0 ? (
    <Choose />
  ) : (
    <ReadyBoard picks={picks} extras={extras} onLinks={onLinks} />
  );
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
