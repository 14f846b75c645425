import { TopLineSlot } from '../../ui/slots.tsx';
import classes from './frame.module.css';
import { Person } from './person.tsx';
import { Search } from './search.tsx';
import { WorkRing } from './work-ring.tsx';

/** Search, running work, the person; or what a page puts in their place. */
export function TopLine() {
  return (
    <header className={classes.top}>
      <Search />
      <span className={classes.spring} />
      <WorkRing />
      <Person />
      <TopLineSlot className={classes.slot} />
    </header>
  );
}
