import { IconPhoto } from '@tabler/icons-react';
import { ListedPicture } from '../../ui/listed-picture.tsx';
import classes from './albums.module.css';

/** The newest pictures of an album: one alone, or up to four together. */
export function Cover({ ids }: { ids: readonly string[] }) {
  return (
    <span className={classes.cover} data-count={ids.length}>
      {ids.length === 0 && <IconPhoto size={40} stroke={1} aria-hidden className={classes.nothing} />}
      {ids.map((id) => (
        <ListedPicture key={id} id={id} className={classes.place} />
      ))}
    </span>
  );
}
