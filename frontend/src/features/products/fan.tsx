import { IconPhoto } from '@tabler/icons-react';
import { shownUrl } from '../../lib/api/files.ts';
import { useListedImage } from '../../lib/data/images.ts';
import { Picture } from '../../ui/picture.tsx';
import classes from './fan.module.css';

const MOST = 4;

/** Some pictures side by side, each laid a little over the one before. */
export function Fan({ ids }: { ids: readonly string[] }) {
  return (
    <span className={classes.fan} aria-hidden>
      {ids.length === 0 && (
        <span className={classes.card}>
          <IconPhoto size={20} stroke={1.4} />
        </span>
      )}
      {ids.slice(0, MOST).map((id) => (
        <Card key={id} id={id} />
      ))}
    </span>
  );
}

function Card({ id }: { id: string }) {
  const { data } = useListedImage(id);
  return (
    <span className={classes.card}>
      {data && (
        <Picture
          src={shownUrl(data, 'thumb')}
          alt=""
          thumbhash={data.shown.thumbhash}
          width={data.shown.width}
          height={data.shown.height}
        />
      )}
    </span>
  );
}
