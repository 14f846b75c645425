import { Gallery } from '../../features/gallery/gallery.tsx';
import { EmptyTrash } from '../../features/gallery/empty-trash.tsx';
import { TrashHeader } from '../../features/gallery/trash-header.tsx';

export const Component = () => <Gallery fixed={{ state: 'trashed' }} header={<TrashHeader />} empty={<EmptyTrash />} />;
