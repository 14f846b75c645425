import { IconCircleCheck, IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useExternal } from '../../lib/api/external.ts';
import { words } from '../words.ts';
import classes from './banner.module.css';
import { notices } from './notice.ts';

const TOLD = {
  offline: { icon: IconPlugConnectedX, text: words.offline },
  unavailable: { icon: IconCloudOff, text: words.unavailable },
  back: { icon: IconCircleCheck, text: words.back },
} as const;

/** Says what does not answer, for as long as it does not. */
export function Banner() {
  const notice = useExternal(notices);
  return (
    <div role="status" aria-live="polite">
      {notice !== 'good' && <Told notice={notice} />}
    </div>
  );
}

function Told({ notice }: { notice: keyof typeof TOLD }) {
  const { icon: Glyph, text } = TOLD[notice];
  return (
    <p className={classes.banner} data-notice={notice}>
      <Glyph size={20} stroke={1.6} aria-hidden />
      {text}
    </p>
  );
}
