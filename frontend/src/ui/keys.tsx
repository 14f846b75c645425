/** Keyboard shortcuts: declared where they act, and listed by themselves in the help (`?`). */
import { useHotkeys, type HotkeyItem } from '@mantine/hooks';
import { createContext, useContext, useEffect, useId } from 'react';
import { External, useExternal } from '../lib/api/external.ts';

export interface Key {
  /** As useHotkeys takes it: 'mod+Z', '/', 'shift+ArrowRight'. */
  readonly keys: string;
  readonly does: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Acts although the browser has a meaning of its own for it. Default true. */
  readonly prevent?: boolean;
}

export interface KeyGroup {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly Pick<Key, 'keys' | 'does'>[];
}

const groups = new External<readonly KeyGroup[]>([]);

/** true around what is itself in a dialog: its keys act there, and those of the page behind do not. */
export const InDialog = createContext(false);

const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Active while the component is there, except while somebody types, or looks at a dialog or menu over it. */
export function useKeys(title: string, keys: readonly Key[]): void {
  const id = useId();
  const floats = useContext(InDialog);
  const items = keys.map(({ keys: hotkey, run, prevent = true }): HotkeyItem => [
    hotkey,
    (event) => {
      const { target } = event;
      if (floats !== (target instanceof Element && target.closest(FLOATING) !== null)) return;
      if (prevent) event.preventDefault();
      run(event);
    },
    { preventDefault: false },
  ]);
  useHotkeys(items);
  const told = JSON.stringify(keys.map(({ keys: hotkey, does }) => ({ keys: hotkey, does })));
  useEffect(() => {
    const group = { id, title, keys: JSON.parse(told) as KeyGroup['keys'] };
    groups.set([...groups.get(), group]);
    return () => groups.set(groups.get().filter((one) => one.id !== id));
  }, [id, title, told]);
}

export const useKeyGroups = (): readonly KeyGroup[] => useExternal(groups);
