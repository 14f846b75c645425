import type { Icon } from '@tabler/icons-react';
import type { ServerItemState, ServerJobState } from '../../lib/data/server-jobs.ts';
import classes from './state-line.module.css';
import turning from './turning.module.css';

interface StateLineProps {
  readonly icon: Icon;
  readonly state: ServerJobState | ServerItemState | 'held-up' | 'in-line' | 'review';
  /** It goes on before somebody's eyes. */
  readonly turns?: boolean;
  readonly children: string;
}

/** A state: an icon and a word, in the colour of how it went. */
export function StateLine({ icon: Glyph, state, turns = false, children }: StateLineProps) {
  return (
    <span className={classes.state} data-state={state}>
      <Glyph size={18} stroke={1.6} aria-hidden className={turns ? (turning.turning ?? '') : ''} />
      {children}
    </span>
  );
}
