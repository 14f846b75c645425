import { Button, Stack, Text } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { RecipeWish } from '../../lib/data/recipes.ts';
import { PresetSelect } from '../../params/preset-select.tsx';
import type { FormProps } from './dialog.tsx';
import { useDoing } from './doing.ts';
import { words } from './words.ts';

interface Chosen {
  readonly wish: RecipeWish | undefined;
  readonly title: string;
}

export function PresetForm({ ids, deeds, onDone }: FormProps) {
  const [{ wish, title }, choose] = useState<Chosen>({ wish: undefined, title: '' });
  const { busy, begin } = useDoing(onDone);
  const apply = (event: SubmitEvent) => {
    event.preventDefault();
    if (!wish) return;
    begin(deeds.apply(ids, words.applying(title, ids.length), wish));
  };
  return (
    <form onSubmit={apply}>
      <Stack>
        <PresetSelect
          label={words.preset}
          value={wish}
          onChange={(chosen, name) => choose({ wish: chosen, title: name })}
        />
        <Text size="sm" c="dimmed">
          {words.applyText}
        </Text>
        <Button type="submit" loading={busy} disabled={!wish}>
          {words.applyTo(ids.length)}
        </Button>
      </Stack>
    </form>
  );
}
