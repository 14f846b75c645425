/** What albums say. */
import { counted } from '../../lib/format.ts';

export const words = {
  title: 'Albums',
  create: 'New album',
  empty: {
    title: 'No albums yet',
    text: 'Put pictures together that belong together: a season, a shop, a customer. A picture can be in several albums.',
  },
  pictures: (count: number) => (count === 0 ? 'No pictures' : counted(count, 'picture', 'pictures')),
  actions: (name: string) => `What to do with ${name}`,
  rename: 'Name and description',
  delete: 'Delete the album',
  deleteTitle: (name: string) => `Delete “${name}”?`,
  deleteText: 'Its pictures stay in the gallery. Links to it that you gave away stop working.',
  deleted: 'The album is deleted. Its pictures are still there.',
  cancel: 'Cancel',
  save: 'Save',
  name: 'Name',
  description: 'Description',
  addPictures: 'Add pictures',
  share: 'Share',
  back: 'All albums',
  conflict: 'Somebody else changed this album meanwhile. What it is called now is shown; change it again if you like.',
  missing: {
    title: 'This album is not here',
    text: 'It may have been deleted, or it belongs to somebody else.',
  },
  emptyAlbum: {
    title: 'This album is empty',
    text: 'Choose pictures in the gallery, then “Add to album”.',
  },
} as const;
