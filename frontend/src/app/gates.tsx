/** Around the pages: what is on all of them, and what only signed-in people see. */
import { useEffect } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useSession } from '../lib/api/session.ts';
import { cancelAll, useCloseGuard } from '../lib/work/work.ts';
import { Slots } from '../ui/slots.tsx';
import { Arrival } from './arrival.tsx';
import { Banner } from './frame/banner.tsx';
import { KeyHelp } from './frame/key-help.tsx';
import { useLiveQueries } from './live.ts';

export function Outer() {
  return (
    <Slots>
      <Arrival />
      <Banner />
      <Outlet />
      <KeyHelp />
      <ScrollRestoration getKey={({ pathname, search }) => pathname + search} />
    </Slots>
  );
}

/** Who is not signed in goes to sign in first, and then comes back. */
export function Personal() {
  const { status } = useSession();
  const { pathname, search } = useLocation();
  // Asked again once there is an answer; the banner tells why it takes long.
  if (status === 'unknown') return null;
  if (status === 'out') return <Navigate to={`/sign-in?to=${encodeURIComponent(pathname + search)}`} replace />;
  return <SignedIn />;
}

function SignedIn() {
  useLiveQueries();
  useCloseGuard();
  useEffect(() => cancelAll, []);
  return <Outlet />;
}
