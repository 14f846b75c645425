/** Shortcuts as they are printed: one list of groups, and the names that are on the keys. */
import type { KeyGroup } from '../../ui/keys.tsx';

export interface Listed {
  readonly title: string;
  readonly lines: readonly Line[];
}

interface Line {
  readonly does: string;
  /** Each of them does it. */
  readonly hotkeys: readonly string[];
}

/** Groups of one title are one; what several keys do, or several components of a page, is one line. */
export function grouped(groups: readonly KeyGroup[]): readonly Listed[] {
  const byTitle = Map.groupBy(groups, ({ title }) => title);
  return [...byTitle].map(([title, same]) => {
    const byDeed = Map.groupBy(
      same.flatMap(({ keys }) => keys),
      ({ does }) => does,
    );
    const lines = [...byDeed].map(([does, keys]) => ({
      does,
      hotkeys: [...new Set(keys.map(({ keys: key }) => key))],
    }));
    return { title, lines };
  });
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
