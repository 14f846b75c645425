import { Select } from '@mantine/core';
import { usePresets } from '../lib/data/catalogue.ts';
import { useSavedRecipes, type RecipeWish } from '../lib/data/recipes.ts';
import { words } from './words.ts';

interface PresetSelectProps {
  readonly label: string;
  readonly value: RecipeWish | undefined;
  /** title: what it is called, for the name of a job. */
  readonly onChange: (wish: RecipeWish | undefined, title: string) => void;
  readonly clearable?: boolean;
  readonly required?: boolean;
  /** The label is for screen readers alone: what stands around says the same. */
  readonly hidesLabel?: boolean;
  readonly placeholder?: string;
}

const SAVED = 'saved:';

/** One of the shipped presets, the marketplaces' or the saved ones. */
export function PresetSelect(props: PresetSelectProps) {
  const { label, value, onChange, clearable = false, required = false, hidesLabel = false } = props;
  const presets = usePresets();
  const saved = useSavedRecipes();
  const shipped = presets.data?.items ?? [];
  const groups = [
    { group: words.saved, items: (saved.data ?? []).map(({ id, name }) => ({ value: SAVED + id, label: name })) },
    { group: words.presets, items: shipped.filter(({ kind }) => kind !== 'channel').map(optionOf) },
    { group: words.channels, items: shipped.filter(({ kind }) => kind === 'channel').map(optionOf) },
  ].filter(({ items }) => items.length > 0);
  return (
    <Select
      {...(hidesLabel ? { 'aria-label': label } : { label })}
      searchable
      clearable={clearable}
      withAsterisk={required}
      aria-required={required}
      data={groups}
      value={valueOf(value)}
      nothingFoundMessage={words.nothingFound}
      placeholder={presets.isPending ? words.loading : (props.placeholder ?? words.choosePreset)}
      onChange={(chosen, option) => onChange(wishFrom(chosen), option?.label ?? '')}
    />
  );
}

const optionOf = ({ name, title }: { readonly name: string; readonly title: string }) => ({
  value: name,
  label: title,
});

function valueOf(wish: RecipeWish | undefined): string | null {
  if (!wish || 'recipe' in wish) return null;
  return 'preset' in wish ? wish.preset : SAVED + wish.saved_recipe;
}

function wishFrom(value: string | null): RecipeWish | undefined {
  if (value === null) return undefined;
  return value.startsWith(SAVED) ? { saved_recipe: value.slice(SAVED.length) } : { preset: value };
}
