import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import { words } from '../words.ts';
import { DropAnywhere } from './drop-anywhere.tsx';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { TopLine } from './top-line.tsx';

/** What is around the working pages: rail, top line, content. Without children it is around a route's. */
export function Frame({ children }: { children?: ReactNode }) {
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {words.skip}
      </a>
      <Rail />
      <TopLine />
      <main id="content" tabIndex={-1} className={classes.content}>
        {children ?? <Outlet />}
      </main>
      <DropAnywhere />
    </div>
  );
}
