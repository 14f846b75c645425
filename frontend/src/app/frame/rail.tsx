import {
  IconAlbum,
  IconDots,
  IconLayoutGrid,
  IconPackage,
  IconSettings,
  IconStack2,
  IconTrash,
  IconUpload,
  type Icon,
} from '@tabler/icons-react';
import { useId, type MouseEvent } from 'react';
import { NavLink } from 'react-router';
import type { Role } from '../../../../backend-node/src/contract/route.ts';
import { useAccount } from '../../lib/api/session.ts';
import { Mark } from '../../ui/mark.tsx';
import { words } from '../words.ts';
import classes from './frame.module.css';

interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  /** Only for this role. */
  readonly role?: Role;
}

/** What has room at the bottom of a phone, beside the way to the others. */
const FIRST: readonly Place[] = [
  { to: '/gallery', label: words.gallery, icon: IconLayoutGrid },
  { to: '/upload', label: words.upload, icon: IconUpload },
  { to: '/batches', label: words.batches, icon: IconStack2 },
  { to: '/products', label: words.products, icon: IconPackage },
];
const OTHERS: readonly Place[] = [
  { to: '/albums', label: words.albums, icon: IconAlbum },
  { to: '/trash', label: words.trash, icon: IconTrash },
  { to: '/admin', label: words.admin, icon: IconSettings, role: 'admin' },
];

/** The way between pages: at the left, at the bottom on phones. */
export function Rail() {
  const { role } = useAccount();
  const others = OTHERS.filter((place) => place.role === undefined || place.role === role);
  return (
    <nav className={classes.rail} aria-label={words.pages}>
      <NavLink to="/" className={classes.brand ?? ''} aria-label={words.home}>
        <Mark />
      </NavLink>
      <Links places={FIRST} />
      <More places={others} />
    </nav>
  );
}

/** On phones they rise from the bar; elsewhere they stand in the rail like the others. */
function More({ places }: { places: readonly Place[] }) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className={`${classes.link} ${classes.more}`}>
        <IconDots size={22} stroke={1.6} aria-hidden />
        {words.more}
      </button>
      <div id={id} popover="auto" className={classes.others}>
        <Links places={places} onGo={closeAround} />
      </div>
    </>
  );
}

function Links({ places, onGo }: { places: readonly Place[]; onGo?: (event: MouseEvent<HTMLElement>) => void }) {
  return places.map(({ to, label, icon: Glyph }) => (
    <NavLink key={to} to={to} className={classes.link ?? ''} {...(onGo && { onClick: onGo })}>
      <Glyph size={22} stroke={1.6} aria-hidden />
      {label}
    </NavLink>
  ));
}

/** Where it is one that is open: in the rail it is none. */
function closeAround({ currentTarget }: MouseEvent<HTMLElement>): void {
  const around = currentTarget.closest<HTMLElement>(':popover-open');
  around?.hidePopover();
}
