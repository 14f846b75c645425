import { Button, Menu } from '@mantine/core';
import {
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconTableExport,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { batchCsvUrl, batchZipUrl, type Batch } from '../../lib/data/batches.ts';
import { DotsMenu } from '../../ui/dots-menu.tsx';
import { Ask } from '../../ui/job/ask.tsx';
import { actionsFor, type ActionName } from './actions.ts';
import type { Deeds } from './use-deeds.ts';
import { words } from './words.ts';

const GLYPHS: Readonly<Record<ActionName, Icon>> = {
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  retry: IconRefresh,
  results: IconDownload,
  table: IconTableExport,
  cancel: IconPlayerStop,
  remove: IconTrash,
};

interface Action {
  readonly label: string;
  /** Where it is a download. */
  readonly href?: string;
  readonly run?: () => void;
}

/** One thing in sight, the others behind it. */
export function BatchActions({ batch, deeds }: { batch: Batch; deeds: Deeds }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'cancel' | 'remove'>();
  const { first, others } = actionsFor(batch);
  // A menu of one thing is a detour.
  const alone = !first && others.length === 1 ? others[0] : undefined;
  const actions: Readonly<Record<ActionName, Action>> = {
    pause: { label: words.pause, run: deeds.pause },
    resume: { label: words.resume, run: deeds.resume },
    retry: { label: words.retry(batch.retryable), run: deeds.retry },
    results: { label: words.results, href: batchZipUrl(batch.id) },
    table: { label: words.table, href: batchCsvUrl(batch.id) },
    cancel: { label: words.cancel, run: () => setAsking('cancel') },
    remove: { label: words.remove, run: () => setAsking('remove') },
  };
  return (
    <>
      {first && <Shown action={actions[first]} icon={GLYPHS[first]} busy={deeds.busy} primary={first !== 'pause'} />}
      {alone && <Shown action={actions[alone]} icon={GLYPHS[alone]} busy={deeds.busy} />}
      {!alone && others.length > 0 && <Others names={others} actions={actions} />}
      {asking && (
        <Ask
          {...{ asking, words, deeds }}
          onRemoved={() => void navigate('/batches')}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

interface ShownProps {
  readonly action: Action;
  readonly icon: Icon;
  readonly busy: boolean;
  readonly primary?: boolean;
}

function Shown({ action, icon: Glyph, busy, primary = false }: ShownProps) {
  const { label, href, run } = action;
  const variant = primary ? 'filled' : 'default';
  const leftSection = <Glyph size={18} stroke={1.6} aria-hidden />;
  if (href !== undefined) {
    return (
      <Button component="a" href={href} download variant={variant} leftSection={leftSection}>
        {label}
      </Button>
    );
  }
  return (
    <Button leftSection={leftSection} variant={variant} loading={busy} {...(run && { onClick: run })}>
      {label}
    </Button>
  );
}

interface OthersProps {
  readonly names: readonly ActionName[];
  readonly actions: Readonly<Record<ActionName, Action>>;
}

function Others({ names, actions }: OthersProps) {
  return (
    <DotsMenu label={words.otherActions} width={260}>
      {names.map((name) => {
        const { label, href, run } = actions[name];
        const Glyph = GLYPHS[name];
        const leftSection = <Glyph size={18} stroke={1.6} aria-hidden />;
        return href === undefined ? (
          <Menu.Item key={name} leftSection={leftSection} {...(run && { onClick: run })}>
            {label}
          </Menu.Item>
        ) : (
          <Menu.Item key={name} component="a" href={href} download leftSection={leftSection}>
            {label}
          </Menu.Item>
        );
      })}
    </DotsMenu>
  );
}
