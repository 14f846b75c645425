/** Shortcuts as they are printed: one list of groups, and the names that are on the keys. */
import type { KeyGroup } from '../../ui/keys.tsx';

type Listed = Pick<KeyGroup, 'title' | 'keys'>;

/** Groups of one title are one; what is there twice (two components of a page) is told once. */
export function grouped(groups: readonly KeyGroup[]): readonly Listed[] {
  const byTitle = new Map<string, Map<string, KeyGroup['keys'][number]>>();
  for (const { title, keys } of groups) {
    const known = byTitle.get(title) ?? new Map<string, KeyGroup['keys'][number]>();
    for (const key of keys) if (!known.has(key.does)) known.set(key.does, key);
    byTitle.set(title, known);
  }
  return [...byTitle].map(([title, keys]) => ({ title, keys: [...keys.values()] }));
}

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Readonly<Record<string, string>> = {
  mod: APPLE ? '⌘' : 'Ctrl',
  ctrl: 'Ctrl',
  shift: APPLE ? '⇧' : 'Shift',
  alt: APPLE ? '⌥' : 'Alt',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
  delete: 'Delete',
  backspace: 'Backspace',
  enter: 'Enter',
  space: 'Space',
  home: 'Home',
  end: 'End',
  backslash: '\\',
  bracketleft: '[',
  bracketright: ']',
  slash: '/',
  plus: '+',
  minus: '−',
};

/** 'mod+shift+Z' → Ctrl, Shift, Z. A character that needs Shift to be typed stands for itself. */
export function printed(hotkey: string): readonly string[] {
  const parts = hotkey.replace('shift+?', '?').replace('[plus]', 'plus').split('+');
  return parts.map((part) => NAMES[part.trim().toLowerCase()] ?? (part.length === 1 ? part.toUpperCase() : part));
}
