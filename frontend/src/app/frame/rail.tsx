import { IconAlbum, IconLayoutGrid, IconSettings, IconTrash, IconUpload, type Icon } from '@tabler/icons-react';
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

const PLACES: readonly Place[] = [
  { to: '/gallery', label: words.gallery, icon: IconLayoutGrid },
  { to: '/upload', label: words.upload, icon: IconUpload },
  { to: '/albums', label: words.albums, icon: IconAlbum },
  { to: '/trash', label: words.trash, icon: IconTrash },
  { to: '/admin', label: words.admin, icon: IconSettings, role: 'admin' },
];

/** The way between pages: at the left, at the bottom on phones. */
export function Rail() {
  const { role } = useAccount();
  return (
    <nav className={classes.rail} aria-label={words.pages}>
      <NavLink to="/" className={classes.brand ?? ''} aria-label={words.home}>
        <Mark />
      </NavLink>
      {PLACES.filter((place) => place.role === undefined || place.role === role).map(({ to, label, icon: Glyph }) => (
        <NavLink key={to} to={to} className={classes.link ?? ''}>
          <Glyph size={22} stroke={1.6} aria-hidden />
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
