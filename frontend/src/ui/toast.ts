/** Short news at the edge of the page, with a way back where there is one. */
import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { ApiProblem } from '../lib/api/problem.ts';
import { UndoLine } from './undo-line.tsx';
import { words } from './words.ts';

const SHOWN_MS = 6000;
const UNDO_MS = 10_000;

interface Toast {
  readonly message: string;
  readonly tone?: 'plain' | 'bad';
  /** Takes back what was done. */
  readonly undo?: () => unknown;
  /** What the way back is called. Default: Undo. */
  readonly undoLabel?: string;
}

export function toast({ message, tone = 'plain', undo, undoLabel = words.undo }: Toast): void {
  const id = crypto.randomUUID();
  const back = async (): Promise<void> => {
    notifications.hide(id);
    await Promise.resolve(undo?.()).catch(tellProblem);
  };
  notifications.show({
    id,
    message: undo ? createElement(UndoLine, { message, label: undoLabel, onUndo: () => void back() }) : message,
    color: tone === 'bad' ? 'red' : 'glass',
    autoClose: undo ? UNDO_MS : SHOWN_MS,
    role: tone === 'bad' ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': words.close },
  });
}

/** Something that was asked for did not happen. */
export function tellProblem(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  const message = error instanceof Error ? error.message : String(error);
  const request =
    error instanceof ApiProblem && error.requestId !== '' ? ` (${words.requestId} ${error.requestId})` : '';
  toast({ message: `${message}${error instanceof ApiProblem && error.status >= 500 ? request : ''}`, tone: 'bad' });
}
