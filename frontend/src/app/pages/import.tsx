import { useParams } from 'react-router';
import { ImportView } from '../../features/imports/import-view.tsx';

export function Component() {
  const { id = '' } = useParams();
  return <ImportView id={id} />;
}
