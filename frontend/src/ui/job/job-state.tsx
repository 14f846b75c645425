import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHourglass,
  IconList,
  IconLoader2,
  IconPlayerPause,
  IconPlayerStop,
  type Icon,
} from '@tabler/icons-react';
import { isHeldUp, isInLine, type ServerJob, type ServerJobState } from '../../lib/data/server-jobs.ts';
import { stateWord } from './sentence.ts';
import { StateLine } from './state-line.tsx';

const GLYPHS: Readonly<Record<ServerJobState, Icon>> = {
  preparing: IconList,
  running: IconLoader2,
  paused: IconPlayerPause,
  done: IconCircleCheck,
  partial: IconAlertTriangle,
  failed: IconCircleX,
  cancelled: IconPlayerStop,
};

/** The state of a batch or an import: an icon and a word. */
export function JobState({ job }: { job: Pick<ServerJob, 'state' | 'trouble' | 'counts'> }) {
  const shown = isHeldUp(job) ? 'held-up' : isInLine(job) ? 'in-line' : job.state;
  const Glyph = shown === 'held-up' || shown === 'in-line' ? IconHourglass : GLYPHS[shown];
  return (
    <StateLine icon={Glyph} state={shown} turns={shown === 'running'}>
      {stateWord(job)}
    </StateLine>
  );
}
