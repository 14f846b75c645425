import { Button, Skeleton, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { useAlbums, type Album } from '../../lib/data/albums.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { AlbumActions } from './album-actions.tsx';
import classes from './albums.module.css';
import { Cover } from './cover.tsx';
import { words } from './words.ts';

const AlbumDialog = lazy(() => import('./album-dialog.tsx'));
const SKELETONS = 8;

/** Every album by its newest pictures. */
export function AlbumGrid() {
  const albums = useAlbums();
  const [creating, setCreating] = useState(false);
  const navigate = useNavigate();
  const create = (
    <Button leftSection={<IconPlus size={18} stroke={1.6} />} onClick={() => setCreating(true)} h={40}>
      {words.create}
    </Button>
  );
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Title order={1} size="h2">
          {words.title}
        </Title>
        {albums.data && albums.data.length > 0 && create}
      </header>
      {albums.isError && !albums.data && <ProblemNotice error={albums.error} onRetry={() => void albums.refetch()} />}
      {albums.isPending && (
        <Tiles>
          {Array.from({ length: SKELETONS }, (_, at) => (
            <TileSkeleton key={at} />
          ))}
        </Tiles>
      )}
      {albums.data?.length === 0 && <EmptyCase {...words.empty}>{create}</EmptyCase>}
      {albums.data && albums.data.length > 0 && (
        <Tiles>
          {albums.data.map((album) => (
            <Tile key={album.id} album={album} />
          ))}
        </Tiles>
      )}
      <Suspense fallback={null}>
        {creating && (
          <AlbumDialog onClose={() => setCreating(false)} onSaved={({ id }) => void navigate(`/albums/${id}`)} />
        )}
      </Suspense>
    </div>
  );
}

const Tiles = ({ children }: { children: ReactNode }) => <ul className={classes.tiles}>{children}</ul>;

function Tile({ album }: { album: Album }) {
  return (
    <li className={classes.tile}>
      <Link to={`/albums/${album.id}`} className={classes.link}>
        <Cover ids={album.covers} />
        <span className={classes.name}>{album.name}</span>
        <span className={classes.count}>{words.pictures(album.images)}</span>
      </Link>
      <div className={classes.dots}>
        <AlbumActions album={album} />
      </div>
    </li>
  );
}

const TileSkeleton = () => (
  <li className={classes.tile} aria-hidden>
    <Skeleton className={classes.cover ?? ''} />
    <Skeleton height={18} mt="sm" width="60%" />
  </li>
);
