import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyCase } from '../../ui/empty-case.tsx';
import { words } from './words.ts';

/** No pictures are in it yet. */
export const EmptyAlbum = () => (
  <EmptyCase {...words.emptyAlbum}>
    <Button variant="default" component={Link} to="/gallery">
      {words.addPictures}
    </Button>
  </EmptyCase>
);

/** There is no such album, or not for this account. */
export const MissingAlbum = () => (
  <EmptyCase {...words.missing}>
    <Button component={Link} to="/albums">
      {words.back}
    </Button>
  </EmptyCase>
);
