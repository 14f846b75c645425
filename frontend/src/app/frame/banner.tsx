import { IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react';
import { connection } from '../../lib/api/connection.ts';
import { useExternal } from '../../lib/api/external.ts';
import { words } from '../words.ts';
import classes from './banner.module.css';

/** Says what does not answer, for as long as it does not. */
export function Banner() {
  const state = useExternal(connection);
  const Glyph = state === 'offline' ? IconPlugConnectedX : IconCloudOff;
  return (
    <div role="status" aria-live="polite">
      {state !== 'good' && (
        <p className={classes.banner}>
          <Glyph size={20} stroke={1.6} aria-hidden />
          {state === 'offline' ? words.offline : words.unavailable}
        </p>
      )}
    </div>
  );
}
