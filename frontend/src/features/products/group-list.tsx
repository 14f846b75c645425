import { Button, Skeleton, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useProductGroups, useSetProductGroup, type ProductGroup } from '../../lib/data/products.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';
import { PresetSelect } from '../../params/preset-select.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tellProblem, toast } from '../../ui/toast.ts';
import { Fan } from './fan.tsx';
import { ProcessButton } from './process-button.tsx';
import classes from './products.module.css';
import { galleryOf, ofGroup, ownOf, type OnProcess } from './wanted.ts';
import { words } from './words.ts';

const AT_FIRST = 6;
/** Two more are no reason to hide any. */
const MOST_AT_ONCE = 8;
const SKELETON_PX = 144;

/** Product groups, and what the pictures of each are done with. */
export function GroupList({ onProcess }: { onProcess: OnProcess }) {
  const { data, error, refetch } = useProductGroups();
  const [isLong, setLong] = useState(false);
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={SKELETON_PX} />;
  if (data.length === 0) return null;
  const isMany = data.length > MOST_AT_ONCE;
  const shown = isLong || !isMany ? data : data.slice(0, AT_FIRST);
  return (
    <section aria-label={words.groups.title}>
      <div className={classes.groupHead}>
        <Title order={2} size="h3">
          {words.groups.title}
        </Title>
        <span aria-hidden>{words.groups.presetHead}</span>
      </div>
      <ul className={classes.list}>
        {shown.map((group) => (
          <GroupRow key={group.name} group={group} onProcess={onProcess} />
        ))}
      </ul>
      {isMany && (
        <Button variant="subtle" mt="sm" onClick={() => setLong(!isLong)}>
          {isLong ? words.groups.fewer : words.groups.all(data.length)}
        </Button>
      )}
    </section>
  );
}

function GroupRow({ group, onProcess }: { group: ProductGroup; onProcess: OnProcess }) {
  const { name, images, covers } = group;
  return (
    <li className={classes.group}>
      <Link to={galleryOf({ product_group: name })} className={classes.what ?? ''}>
        <Fan ids={covers} />
        <span className={classes.text}>
          <b>{name}</b>
          <small>{words.pictures(images)}</small>
        </span>
      </Link>
      <GroupPreset group={group} />
      <ProcessButton name={name} disabled={images === 0} onClick={() => onProcess(ofGroup(group), ownOf(group))} />
    </li>
  );
}

function GroupPreset({ group }: { group: ProductGroup }) {
  const { name } = group;
  const set = useSetProductGroup();
  const choose = (wish: RecipeWish | undefined) => {
    const wished = wish && !('recipe' in wish) ? wish : {};
    const { saved, cleared } = words.groups;
    set.mutate(
      { name, wish: wished },
      { onSuccess: () => toast({ message: wish ? saved(name) : cleared(name) }), onError: tellProblem },
    );
  };
  return (
    <PresetSelect
      clearable
      hidesLabel
      label={words.groups.preset(name)}
      placeholder={words.groups.none}
      value={ownOf(group)}
      onChange={choose}
    />
  );
}
