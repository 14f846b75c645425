import { EmptyCase } from '../../ui/empty-case.tsx';
import { words } from './words.ts';

export function EmptyTrash() {
  return <EmptyCase title={words.trashPage.empty} text={words.trashPage.emptyText} />;
}
