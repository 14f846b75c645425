import { lazy, Suspense, useRef, useState } from 'react';
import { useAccount } from '../../lib/api/session.ts';
import { words } from '../words.ts';
import classes from './person.module.css';

const PersonMenu = lazy(() => import('./person-menu.tsx'));

const MENU = 'person';

/** Who is signed in, and what is about them. */
export function Person() {
  const { name } = useAccount();
  const [wanted, setWanted] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        className={classes.face}
        popoverTarget={MENU}
        aria-label={`${words.you}: ${name}`}
        data-initials={initialsOf(name)}
      />
      <div id={MENU} ref={menu} popover="auto" className={classes.menu} onBeforeToggle={() => setWanted(true)}>
        <Suspense fallback={null}>{wanted && <PersonMenu onLeave={() => menu.current?.hidePopover()} />}</Suspense>
      </div>
    </>
  );
}

const LETTERS = new Intl.Segmenter();

/** 'Ada King' → 'AK' */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word = '') => [...LETTERS.segment(word)][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}
