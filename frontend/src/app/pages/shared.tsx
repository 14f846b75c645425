import { useParams } from 'react-router';
import { SharedAlbum } from '../../features/shares/shared-album.tsx';

export function Component() {
  const { token = '' } = useParams();
  return <SharedAlbum token={token} />;
}
