/** Around the pages: what is on all of them, and what only signed-in people see. */
import { useEffect, type ReactNode } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useSession } from '../lib/api/session.ts';
import { cancelAll, useCloseGuard } from '../lib/jobs/work.ts';
import { Slots } from '../ui/slots.tsx';
import { Arrival } from './arrival.tsx';
import { Banner } from './frame/banner.tsx';
import { KeyHelp } from './frame/key-help.tsx';
import { useLiveQueries } from './live.ts';
import { Waiting } from './waiting.tsx';

export function Outer() {
  useWorkOfOne();
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
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.status === 'unknown') return <Waiting />;
  if (session.status === 'out') {
    const to = session.left === true ? '' : `?to=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${to}`} replace />;
  }
  return <SignedIn />;
}

/** Around what only signed-in people see: what changes elsewhere shows, and running work is not left by accident. */
export function SignedIn({ children }: { children?: ReactNode }) {
  useLiveQueries();
  useCloseGuard();
  return children ?? <Outlet />;
}

/** Work goes on over all pages, and ends with the session of who began it. */
function useWorkOfOne(): void {
  const now = useSession();
  const account = now.status === 'in' ? now.user.id : '';
  useEffect(() => cancelAll, [account]);
}
