import { useParams } from 'react-router';
import { BatchView } from '../../features/batches/batch-view.tsx';

export function Component() {
  const { id = '' } = useParams();
  return <BatchView id={id} />;
}
