import { IconPhoto } from '@tabler/icons-react';
import { shownUrl } from '../../lib/api/files.ts';
import { useListedImage } from '../../lib/data/images.ts';
import { Picture } from '../../ui/picture.tsx';
import classes from './albums.module.css';

/** The newest pictures of an album: one alone, or up to four together. */
export function Cover({ ids }: { ids: readonly string[] }) {
  return (
    <span className={classes.cover} data-count={ids.length}>
      {ids.length === 0 && <IconPhoto size={40} stroke={1} aria-hidden className={classes.nothing} />}
      {ids.map((id) => (
        <CoverPicture key={id} id={id} />
      ))}
    </span>
  );
}

function CoverPicture({ id }: { id: string }) {
  const { data: image } = useListedImage(id);
  return (
    <span className={classes.place}>
      {image && (
        <Picture
          src={shownUrl(image, 'thumb')}
          alt=""
          thumbhash={image.shown.thumbhash}
          width={image.shown.width}
          height={image.shown.height}
        />
      )}
    </span>
  );
}
