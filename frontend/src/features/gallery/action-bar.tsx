/** In the top line while something is selected: how much, and what can be done with it. */
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { OutlineQuery } from '../../lib/data/outline.ts';
import { DotsMenu } from '../../ui/dots-menu.tsx';
import classes from './action-bar.module.css';
import { useActions, type Action, type Asking } from './actions.ts';
import type { Deeds } from './deeds.ts';
import { words } from './words.ts';

const Dialog = lazy(() => import('./dialog.tsx'));

interface ActionBarProps {
  /** Of the whole list, in its order. */
  readonly ids: readonly string[];
  readonly picked: ReadonlySet<string>;
  readonly query: OutlineQuery;
  readonly deeds: Deeds;
  /** Asks what is done with those that are selected. every: that is all of the list. */
  readonly onBatch: ((ids: readonly string[], every: boolean) => void) | undefined;
  readonly onClear: () => void;
}

/** On phones there is room for so many. */
const MOST_ON_PHONES = 3;

export default function ActionBar({ ids, picked, query, deeds, onBatch, onClear }: ActionBarProps) {
  const [asking, setAsking] = useState<Asking>();
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  const wide = useMediaQuery('(min-width: 1180px)', undefined, { getInitialValueInEffect: false });
  // In the order they are seen; without those that left the list meanwhile.
  const chosen = ids.filter((id) => picked.has(id));
  const every = chosen.length === ids.length;
  const batch = onBatch && (() => onBatch(chosen, every));
  const actions = useActions({ ids: chosen, query, deeds, onAsk: setAsking, onBatch: batch, onClear });
  if (chosen.length === 0) return null;
  const close = () => setAsking(undefined);
  const shown = phone ? actions.slice(0, MOST_ON_PHONES) : actions;
  return (
    <div className={classes.bar} role="toolbar" aria-label={words.selected(chosen.length)}>
      <ActionIcon size={40} aria-label={words.unselect} onClick={onClear}>
        <IconX size={20} stroke={1.6} aria-hidden />
      </ActionIcon>
      <span className={classes.count} role="status">
        {words.selected(chosen.length)}
      </span>
      {shown.map((action) =>
        wide ? <Wide key={action.label} {...action} /> : <Slim key={action.label} {...action} />,
      )}
      {actions.length > shown.length && <More actions={actions.slice(shown.length)} />}
      {asking && (
        <Suspense>
          <Dialog
            {...{ asking, query, deeds, every }}
            ids={chosen}
            onClose={close}
            onDone={asking === 'purge' ? onClear : close}
          />
        </Suspense>
      )}
    </div>
  );
}

function Wide({ label, icon: Glyph, primary, run }: Action) {
  return (
    <Button
      variant={primary ? 'filled' : 'subtle'}
      color={primary ? undefined : 'gray'}
      className={primary ? undefined : classes.quiet}
      leftSection={<Glyph size={18} stroke={1.6} aria-hidden />}
      onClick={run}
    >
      {label}
    </Button>
  );
}

function Slim({ label, icon: Glyph, primary, run }: Action) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={40}
        variant={primary ? 'filled' : 'subtle'}
        color={primary ? 'glass' : 'gray'}
        aria-label={label}
        onClick={run}
      >
        <Glyph size={20} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function More({ actions }: { actions: readonly Action[] }) {
  return (
    <DotsMenu label={words.more} width={220}>
      {actions.map(({ label, icon: Glyph, run }) => (
        <Menu.Item key={label} onClick={run} leftSection={<Glyph size={18} stroke={1.6} aria-hidden />}>
          {label}
        </Menu.Item>
      ))}
    </DotsMenu>
  );
}
