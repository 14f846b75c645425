import { Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';
import { AlbumHeader } from '../../features/albums/album-header.tsx';
import { EmptyAlbum, MissingAlbum } from '../../features/albums/empty-album.tsx';
import { Gallery } from '../../features/gallery/gallery.tsx';
import { isProblem } from '../../lib/api/problem.ts';
import { useAlbum } from '../../lib/data/albums.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { NewBatch } from './new-batch.ts';

const ShareDialog = lazy(() => import('../../features/shares/share-dialog.tsx'));
const HEADER_PX = 80;

export function Component() {
  const { id = '' } = useParams();
  const album = useAlbum(id);
  const [sharing, setSharing] = useState(false);
  if (isProblem(album.error, 'not_found', 'invalid_request')) return <MissingAlbum />;
  if (album.isError && !album.data) return <ProblemNotice error={album.error} onRetry={() => void album.refetch()} />;
  const header = album.data ? (
    <AlbumHeader album={album.data} onShare={() => setSharing(true)} />
  ) : (
    <Skeleton height={HEADER_PX} m="md" />
  );
  return (
    <>
      <Gallery key={id} fixed={{ album: id }} header={header} empty={<EmptyAlbum />} batch={NewBatch} />
      <Suspense fallback={null}>
        {sharing && album.data && <ShareDialog album={album.data} onClose={() => setSharing(false)} />}
      </Suspense>
    </>
  );
}
