import type { Icon } from '@tabler/icons-react';
import classes from './admin.module.css';

interface StatusProps {
  readonly icon: Icon;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly word: string;
}

/** An icon and a word, never color alone. */
export function Status({ icon: Glyph, tone, word }: StatusProps) {
  return (
    <span className={classes.status} data-tone={tone}>
      <Glyph size={18} stroke={1.6} aria-hidden />
      {word}
    </span>
  );
}
