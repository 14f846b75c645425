import { useParams } from 'react-router';
import { Editor } from '../../features/edit/editor.tsx';

export function Component() {
  const { id = '' } = useParams();
  return <Editor key={id} id={id} />;
}
