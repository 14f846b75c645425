import { Outlet } from 'react-router';
import { words } from '../words.ts';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { TopLine } from './top-line.tsx';

/** What is around the working pages: rail, top line, content. */
export function Frame() {
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {words.skip}
      </a>
      <Rail />
      <TopLine />
      <main id="content" tabIndex={-1} className={classes.content}>
        <Outlet />
      </main>
    </div>
  );
}
