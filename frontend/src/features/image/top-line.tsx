import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconInfoCircle, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Image } from '../../lib/data/images.ts';
import { AlbumsMenu } from './albums-menu.tsx';
import { BarButton } from './bar-button.tsx';
import type { ImageChange } from './change.ts';
import { DownloadMenu } from './download-menu.tsx';
import classes from './image-view.module.css';
import { LineField } from './line-field.tsx';
import { words } from './words.ts';

export interface Actions {
  readonly back: string;
  readonly edit: string;
  readonly onTrash: () => void;
  readonly onRestore: () => void;
  readonly onDetails: () => void;
  readonly onSave: (read: Image, change: ImageChange) => void;
}

/** The way back, what it is called, and what can be done with it. On phones the actions are at the lower edge. */
export function TopLine({ image, details, actions }: { image: Image; details: boolean; actions: Actions }) {
  const free = image.state === 'active';
  return (
    <header className={classes.top}>
      <ActionIcon size={40} aria-label={words.back} component={Link} to={actions.back}>
        <IconArrowLeft size={22} stroke={1.6} />
      </ActionIcon>
      <LineField
        aria-label={words.title}
        field="title"
        placeholder={image.name}
        maxLength={200}
        image={image}
        onSave={actions.onSave}
        classNames={{ root: classes.title ?? '', input: classes.titleInput ?? '' }}
      />
      <div className={classes.actions} role="toolbar" aria-label={words.actions}>
        <DownloadMenu image={image} />
        {free && <AlbumsMenu image={image} />}
        {free && <BarButton icon={IconTrash} label={words.trash} onClick={actions.onTrash} />}
        <BarButton icon={IconInfoCircle} label={words.details} aria-pressed={details} onClick={actions.onDetails} />
      </div>
      {free ? (
        <Button component={Link} to={actions.edit} leftSection={<IconPencil size={18} stroke={1.6} />} h={40}>
          {words.edit}
        </Button>
      ) : (
        <Button onClick={actions.onRestore} leftSection={<IconRestore size={18} stroke={1.6} />} h={40}>
          {words.restore}
        </Button>
      )}
    </header>
  );
}
