import { ActionIcon, Button, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './editor.module.css';
import { MoreMenu } from './more-menu.tsx';
import type { Bench } from './use-bench.ts';
import type { Copying } from './use-copying.ts';
import { words } from './words.ts';

interface TopLineProps {
  readonly bench: Bench;
  readonly copying: Copying;
  readonly isSaving: boolean;
  readonly onSave: () => void;
}

/** The page's own: the way back, undo and redo, saving, and all that is rarer. */
export function TopLine({ bench, copying, isSaving, onSave }: TopLineProps) {
  const { image, drafting, isRendering } = bench;
  const { past, future } = drafting.history;
  return (
    <header className={classes.top} data-rendering={isRendering || isSaving}>
      <Tooltip label={words.back}>
        <ActionIcon size={40} aria-label={words.back} component={Link} to={`/images/${image.id}`}>
          <IconArrowLeft size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Text component="h1" size="md" fw={500} truncate className={classes.name}>
        {image.title || image.name}
      </Text>
      <Tooltip label={words.undo}>
        <ActionIcon
          size={40}
          className={classes.icon}
          aria-label={words.undo}
          disabled={past.length === 0}
          onClick={() => drafting.change({ type: 'undo' })}
        >
          <IconArrowBackUp size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={words.redo}>
        <ActionIcon
          size={40}
          className={classes.icon}
          aria-label={words.redo}
          disabled={future.length === 0}
          onClick={() => drafting.change({ type: 'redo' })}
        >
          <IconArrowForwardUp size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Button h={40} aria-label={words.save} loading={isSaving} disabled={!drafting.isChanged} onClick={onSave}>
        <span className={classes.long}>{words.save}</span>
        <span className={classes.short}>{words.saveShort}</span>
      </Button>
      <MoreMenu bench={bench} copying={copying} />
      <VisuallyHidden role="status">{isSaving ? words.saving : ''}</VisuallyHidden>
    </header>
  );
}
