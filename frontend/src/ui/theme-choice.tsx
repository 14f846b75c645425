import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { words } from './words.ts';

const SCHEMES = ['light', 'dark', 'auto'] as const;

/** Light, dark, or as the system has it. Kept in this browser. */
export function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      fullWidth
      styles={{ label: { paddingBlock: 8 } }}
      aria-label={words.theme}
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map((value) => ({ value, label: words.themes[value] }))}
    />
  );
}
