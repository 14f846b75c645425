/** Keys of the edit page: for everywhere on it, and for the fields that keep keys to themselves. */
import { getHotkeyHandler } from '@mantine/hooks';
import type { KeyboardEvent } from 'react';
import { useKeys, type Key } from '../../ui/keys.tsx';
import type { Bench } from './use-bench.ts';
import type { Copying } from './use-copying.ts';
import { words } from './words.ts';

interface Deeds {
  readonly bench: Bench;
  readonly copying: Copying;
  readonly save: () => void;
}

/** Gives what fields need, too: a number has no undo of its own that anybody would want. */
export function useBenchKeys({ bench, copying, save }: Deeds): (event: KeyboardEvent<HTMLElement>) => void {
  const { change } = bench.drafting;
  const undo = () => change({ type: 'undo' });
  const redo = () => change({ type: 'redo' });
  const undoing: Key[] = [
    { keys: 'mod+Z', does: words.keys.undo, run: undo },
    { keys: 'mod+shift+Z', does: words.keys.redo, run: redo },
    { keys: 'mod+Y', does: words.keys.redo, run: redo },
  ];
  const saving: Key = { keys: 'mod+S', does: words.keys.save, run: save };
  const passing: Key[] = [
    { keys: 'mod+C', does: words.keys.copy, prevent: false, run: unlessText(copying.copyAndTell) },
    { keys: 'mod+V', does: words.keys.paste, prevent: false, run: unlessText(copying.paste) },
  ];
  useKeys(words.keys.title, [...undoing, saving, ...passing]);
  return ({ nativeEvent, target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    const isNumber = target.inputMode === 'decimal' || target.inputMode === 'numeric';
    const keys = isNumber ? [...undoing, saving] : [saving];
    getHotkeyHandler(keys.map((key) => [key.keys, key.run]))(nativeEvent);
  };
}

/** Text that somebody marked is what they mean. */
const unlessText = (run: () => void) => (event: globalThis.KeyboardEvent) => {
  if (getSelection()?.toString()) return;
  event.preventDefault();
  run();
};
