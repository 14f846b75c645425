import { useParams } from 'react-router';
import { ImageView } from '../../features/image/image-view.tsx';

export function Component() {
  const { id = '' } = useParams();
  return <ImageView id={id} />;
}
