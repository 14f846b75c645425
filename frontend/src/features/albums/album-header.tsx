import { ActionIcon, Button, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconShare } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { Album } from '../../lib/data/albums.ts';
import { useTitle } from '../../ui/title.ts';
import { AlbumActions } from './album-actions.tsx';
import classes from './albums.module.css';
import { words } from './words.ts';

/** What the album is, and what can be done with it, over its pictures. */
export function AlbumHeader({ album, onShare }: { album: Album; onShare: () => void }) {
  const navigate = useNavigate();
  useTitle(album.name);
  return (
    <header className={classes.header}>
      <ActionIcon component={Link} to="/albums" size={40} aria-label={words.back}>
        <IconArrowLeft size={22} stroke={1.6} />
      </ActionIcon>
      <div className={classes.about}>
        <Title order={1} size="h2" className={classes.wrapping ?? ''}>
          {album.name}
        </Title>
        <Text c="dimmed" size="sm" className={classes.wrapping ?? ''}>
          {[words.pictures(album.images), album.description].filter((text) => text !== '').join(' · ')}
        </Text>
      </div>
      <div className={classes.buttons}>
        <Button
          variant="default"
          h={40}
          component={Link}
          to="/gallery"
          leftSection={<IconPlus size={18} stroke={1.6} />}
        >
          {words.addPictures}
        </Button>
        <Button h={40} onClick={onShare} leftSection={<IconShare size={18} stroke={1.6} />}>
          {words.share}
        </Button>
        <AlbumActions album={album} onDeleted={() => void navigate('/albums')} />
      </div>
    </header>
  );
}
