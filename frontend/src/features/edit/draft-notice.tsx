import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatAgo } from '../../lib/format.ts';
import classes from './editor.module.css';
import type { Drafting } from './use-draft.ts';
import { words } from './words.ts';

/** Says that what is shown is a draft from before, or that this browser cannot keep one. */
export function DraftNotice({ drafting: { found, answerFound, base, change, isKept } }: { drafting: Drafting }) {
  if (!isKept) return <Line text={words.draft.unkept} />;
  if (!found) return null;
  const discard = () => {
    change({ type: 'put', draft: base.draft });
    answerFound();
  };
  const older = found.base === base.version ? '' : ` ${words.draft.older}`;
  return (
    <Line text={`${words.draft.found(agoOf(found.at))}${older}`}>
      <Button size="compact-sm" variant="default" onClick={discard}>
        {words.draft.discard}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={answerFound}>
        {words.draft.keep}
      </Button>
    </Line>
  );
}

const MINUTE_MS = 60_000;

const agoOf = (at: number): string => (Date.now() - at < MINUTE_MS ? words.draft.justNow : formatAgo(at));

function Line({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div role="status" className={classes.notice}>
      <Text size="sm">{text}</Text>
      {children}
    </div>
  );
}
