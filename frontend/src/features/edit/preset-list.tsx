import { ActionIcon, Menu, Skeleton, UnstyledButton } from '@mantine/core';
import { IconDots, IconTrash, IconWand, IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { call } from '../../lib/api/call.ts';
import { usePresets, type Preset, type Recipe } from '../../lib/data/catalogue.ts';
import { keys } from '../../lib/data/keys.ts';
import { useSavedRecipes, wishOf, type SavedRecipe } from '../../lib/data/recipes.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tellProblem, toast } from '../../ui/toast.ts';
import classes from './lists.module.css';
import type { Bench } from './use-bench.ts';
import { useLookedUp } from './use-save.ts';
import { words } from './words.ts';

const PresetDialog = lazy(async () => ({ default: (await import('./preset-dialog.tsx')).PresetDialog }));

/** Whole recipes by name. One takes the place of the steps, as one change. */
export function PresetList({ bench }: { bench: Bench }) {
  const presets = usePresets();
  const saved = useSavedRecipes();
  const looking = useLookedUp(bench.image.id);
  const put = (recipe: Recipe, title: string) => {
    const hadSteps = bench.draft.steps.length > 0;
    const undo = bench.put(recipe);
    if (hadSteps) toast({ message: words.presetList.replaced(title), undo });
  };
  const choose = ({ name, title, recipe, rules = [] }: Preset) => {
    if (rules.length === 0) put(recipe, title);
    else looking.mutate(name, { onSuccess: (found) => put(found, title), onError: tellProblem });
  };
  if (presets.error) return <ProblemNotice error={presets.error} onRetry={() => void presets.refetch()} />;
  if (!presets.data) return <Skeleton h={200} m="sm" />;
  const items = presets.data.items;
  const shippedItem = (preset: Preset) => (
    <Item
      key={preset.name}
      title={preset.title}
      text={preset.description}
      isBusy={looking.isPending && looking.variables === preset.name}
      onChoose={() => choose(preset)}
    />
  );
  return (
    <>
      <Section title={words.presetList.saved} items={saved.data ?? []}>
        {(recipe) => <SavedItem key={recipe.id} saved={recipe} onChoose={() => put(recipe.recipe, recipe.name)} />}
      </Section>
      <Section title={words.presetList.presets} items={items.filter(({ kind }) => kind !== 'channel')}>
        {shippedItem}
      </Section>
      <Section title={words.presetList.channels} items={items.filter(({ kind }) => kind === 'channel')}>
        {shippedItem}
      </Section>
    </>
  );
}

interface SectionProps<T> {
  readonly title: string;
  readonly items: readonly T[];
  readonly children: (item: T) => ReactNode;
}

function Section<T>({ title, items, children }: SectionProps<T>) {
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className={classes.group}>{title}</h2>
      <ul className={classes.list}>{items.map(children)}</ul>
    </section>
  );
}

interface ItemProps {
  readonly title: string;
  readonly text: string;
  readonly isBusy?: boolean;
  readonly onChoose: () => void;
  readonly children?: ReactNode;
}

function Item({ title, text, isBusy = false, onChoose, children }: ItemProps) {
  return (
    <li className={classes.row}>
      <UnstyledButton className={classes.item} disabled={isBusy} aria-busy={isBusy} onClick={onChoose}>
        <span className={classes.name}>
          {title}
          {isBusy && <IconWand size={18} stroke={1.6} className={classes.busy} aria-hidden />}
        </span>
        <span className={classes.help}>{isBusy ? words.presetList.looks : text}</span>
      </UnstyledButton>
      {children}
    </li>
  );
}

function SavedItem({ saved, onChoose }: { saved: SavedRecipe; onChoose: () => void }) {
  const client = useQueryClient();
  const [isChanging, setChanging] = useState(false);
  const changed = () => client.invalidateQueries({ queryKey: keys.recipes() });
  const remove = async () => {
    const { id, revision, name, description, shared, recipe } = saved;
    await call('delete /recipes/:id', { params: { id }, revision });
    await changed();
    const undo = async () => {
      const again = { name, description, shared, ...wishOf(recipe) };
      await call('post /recipes', { body: again as never });
      await changed();
    };
    toast({ message: words.presetList.removed(name), undo });
  };
  return (
    <Item
      title={saved.name}
      text={saved.description || (saved.shared ? words.presetList.shared : '')}
      onChoose={onChoose}
    >
      {saved.mine && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon className={classes.dots} aria-label={words.presetList.moreOf(saved.name)}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={18} stroke={1.6} />} onClick={() => setChanging(true)}>
              {words.presetList.change}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={18} stroke={1.6} />}
              onClick={() => void remove().catch(tellProblem)}
            >
              {words.presetList.remove}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Suspense fallback={null}>
        {isChanging && <PresetDialog saved={saved} onClose={() => setChanging(false)} />}
      </Suspense>
    </Item>
  );
}
