import { Loader, Text } from '@mantine/core';
import type { Batch } from '../../lib/data/batches.ts';
import classes from './batch.module.css';
import type { Shown } from './shown.ts';
import { words } from './words.ts';

/** In the place of the pictures where there are none of the kind, or none yet. */
export function NothingShown({ batch, shown }: { batch: Batch; shown: Shown }) {
  const preparing = batch.state === 'preparing' && shown === 'all';
  return (
    <div className={classes.nothing} role="status">
      {preparing && <Loader size="sm" />}
      <Text c="dimmed">{preparing ? words.preparing : words.nothing[shown]}</Text>
    </div>
  );
}
