import { SegmentedControl } from '@mantine/core';
import { IconLayoutGrid, IconList } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import type { Batch } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { KindChips } from '../../ui/kind-chips.tsx';
import classes from './batch.module.css';
import { countOf, SHOWN, shownIn, type Shown } from './shown.ts';
import { words } from './words.ts';

export type View = 'grid' | 'list';

export const viewIn = (asked: URLSearchParams): View => (asked.get('view') === 'list' ? 'list' : 'grid');

/** Which pictures are shown, and how: in the address. */
export function Chips({ batch }: { batch: Batch }) {
  const [asked, ask] = useSearchParams();
  const shown = shownIn(asked);
  const set = (name: string, value: string, usual: string) =>
    ask(
      (before) => {
        if (value === usual) before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  // What there is none of is not offered, unless one is there.
  const offered = SHOWN.filter((name) => name === 'all' || name === shown || countOf(batch, name) > 0);
  const textOf = (name: Shown): string => (name === 'waiting' && !isOpenJob(batch) ? words.notDone : words.shown[name]);
  return (
    <div className={classes.chips}>
      <KindChips
        label={words.show}
        chosen={shown}
        onChoose={(name) => set('show', name, 'all')}
        kinds={offered.map((name) => ({ kind: name, text: textOf(name), count: countOf(batch, name) }))}
      />
      <SegmentedControl
        className={classes.views ?? ''}
        aria-label={words.view}
        value={viewIn(asked)}
        onChange={(view) => set('view', view, 'grid')}
        data={[
          { value: 'grid', label: <ViewLabel icon={IconLayoutGrid} text={words.grid} /> },
          { value: 'list', label: <ViewLabel icon={IconList} text={words.list} /> },
        ]}
      />
    </div>
  );
}

function ViewLabel({ icon: Glyph, text }: { icon: typeof IconList; text: string }) {
  return (
    <span className={classes.view}>
      <Glyph size={18} stroke={1.6} aria-hidden />
      <span>{text}</span>
    </span>
  );
}
