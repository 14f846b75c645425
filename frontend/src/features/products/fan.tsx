import { IconPhoto } from '@tabler/icons-react';
import { ListedPicture } from '../../ui/listed-picture.tsx';
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
        <ListedPicture key={id} id={id} className={classes.card} />
      ))}
    </span>
  );
}
