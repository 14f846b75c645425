/** Short news at the edge of the page, with a way back where there is one. */
import { ApiProblem } from '../lib/api/problem.ts';
import { words } from './words.ts';

export interface Toast {
  readonly message: string;
  readonly tone?: 'plain' | 'bad';
  /** Takes back what was done. */
  readonly undo?: () => unknown;
  /** What the way back is called. Default: Undo. */
  readonly undoLabel?: string;
}

export function toast(told: Toast): void {
  void loadToasts().then(
    ({ showToast }) => showToast(told),
    // Without its part of the app nothing can be shown; what was told about happened all the same.
    () => undefined,
  );
}

/** They come after the page: nothing is told before somebody did something. */
export const loadToasts = () => import('./toasts.tsx');

/** Something that was asked for did not happen. */
export function tellProblem(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  const message = error instanceof Error ? error.message : String(error);
  const request =
    error instanceof ApiProblem && error.requestId !== '' ? ` (${words.requestId} ${error.requestId})` : '';
  toast({ message: `${message}${error instanceof ApiProblem && error.status >= 500 ? request : ''}`, tone: 'bad' });
}
