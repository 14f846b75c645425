import { usePresets } from '../../lib/data/catalogue.ts';

/** What shipped presets and marketplaces are called; saved recipes are named by whoever saved them. */
export function usePresetTitle(): (name: string) => string {
  const presets = usePresets();
  const titles = new Map(presets.data?.items.map(({ name, title }) => [name, title]));
  return (name) => titles.get(name) ?? name;
}
