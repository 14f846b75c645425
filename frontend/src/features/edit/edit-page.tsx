import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAdjustments, IconSparkles, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { Image } from '../../lib/data/images.ts';
import { useTitle } from '../../ui/title.ts';
import { useBenchKeys } from './edit-keys.ts';
import { DraftNotice } from './draft-notice.tsx';
import classes from './editor.module.css';
import { OperationList } from './operation-list.tsx';
import { PresetList } from './preset-list.tsx';
import { RecipeStack } from './recipe-stack.tsx';
import { Stage } from './stage/stage.tsx';
import { recipeFor, type Operations } from './steps.ts';
import { TopLine } from './top-line.tsx';
import { useBench, type Bench } from './use-bench.ts';
import { useCopying } from './use-copying.ts';
import { useDraft, type Base } from './use-draft.ts';
import { useSaving } from './use-saving.ts';
import { words } from './words.ts';

interface BenchPageProps {
  readonly image: Image;
  readonly groups: readonly string[];
  readonly operations: Operations;
  readonly user: string;
  readonly start: Base;
}

/** Operations, the picture, its steps: side by side, or below the picture on small screens. */
export function BenchPage({ image, groups, operations, user, start }: BenchPageProps) {
  const name = image.title || image.name;
  const drafting = useDraft({ user, image: image.id, name }, start);
  const bench = useBench(image, operations, drafting);
  const copying = useCopying(bench);
  const saving = useSaving(bench);
  const save = () => drafting.isChanged && !saving.isPending && saving.mutate();
  const keys = useBenchKeys({ bench, copying, save });
  const isSmall = useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false });
  useTitle(words.title(name));
  return (
    <div className={classes.page} onKeyDown={keys}>
      <TopLine bench={bench} copying={copying} isSaving={saving.isPending} onSave={save} />
      <DraftNotice drafting={drafting} />
      <main className={classes.stage}>
        <Stage
          image={image}
          recipe={recipeFor(bench.shown, bench.draft.output)}
          tool={bench.tool}
          onRendered={bench.hear}
          onWorking={bench.setRendering}
          onUseGround={bench.putGround}
        />
      </main>
      {isSmall ? <Below bench={bench} groups={groups} /> : <Beside bench={bench} groups={groups} />}
    </div>
  );
}

interface PanelsProps {
  readonly bench: Bench;
  readonly groups: readonly string[];
}

function Beside({ bench, groups }: PanelsProps) {
  return (
    <>
      <aside className={classes.left} aria-label={words.choices}>
        <Tabs defaultValue="operations" className={classes.tabs} keepMounted={false}>
          <Tabs.List grow aria-label={words.choices}>
            <Tabs.Tab value="operations">{words.operations}</Tabs.Tab>
            <Tabs.Tab value="presets">{words.presets}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="operations" className={classes.panel}>
            <OperationList groups={groups} operations={bench.operations} onAdd={bench.add} />
          </Tabs.Panel>
          <Tabs.Panel value="presets" className={classes.panel}>
            <PresetList bench={bench} />
          </Tabs.Panel>
        </Tabs>
      </aside>
      <aside className={classes.right} aria-label={words.recipe}>
        <RecipeStack bench={bench} />
      </aside>
    </>
  );
}

/** One of three at a time; what was added shows its settings at once. */
function Below({ bench, groups }: PanelsProps) {
  const [tab, setTab] = useState<string | null>(bench.draft.steps.length > 0 ? 'steps' : 'operations');
  const andShow =
    <T, R>(run: (what: T) => R) =>
    (what: T): R => {
      setTab('steps');
      return run(what);
    };
  return (
    <Tabs value={tab} onChange={setTab} className={classes.below} keepMounted={false}>
      <Tabs.List grow aria-label={words.panels}>
        <Tabs.Tab value="operations" leftSection={<IconAdjustments size={20} stroke={1.6} />}>
          {words.operations}
        </Tabs.Tab>
        <Tabs.Tab value="steps" leftSection={<IconStack2 size={20} stroke={1.6} />}>
          {words.steps}
        </Tabs.Tab>
        <Tabs.Tab value="presets" leftSection={<IconSparkles size={20} stroke={1.6} />}>
          {words.presets}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="operations" className={classes.panel}>
        <OperationList groups={groups} operations={bench.operations} onAdd={andShow(bench.add)} />
      </Tabs.Panel>
      <Tabs.Panel value="steps" className={classes.panel}>
        <RecipeStack bench={bench} />
      </Tabs.Panel>
      <Tabs.Panel value="presets" className={classes.panel}>
        <PresetList bench={{ ...bench, put: andShow(bench.put) }} />
      </Tabs.Panel>
    </Tabs>
  );
}
