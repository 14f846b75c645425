import { lazy, Suspense } from 'react';
import { useSession } from '../../lib/api/session.ts';
import { Landing } from '../../features/home/landing.tsx';
import { Frame } from '../frame/frame.tsx';
import { SignedIn } from '../gates.tsx';
import { Waiting } from '../waiting.tsx';

const Studio = lazy(async () => ({ default: (await import('../../features/home/studio.tsx')).Studio }));

/** For visitors what Vitrine does; for who is signed in what there is to do. */
export function Component() {
  const { status } = useSession();
  if (status === 'unknown') return <Waiting />;
  if (status === 'out') return <Landing />;
  return (
    <SignedIn>
      <Frame>
        <Suspense>
          <Studio />
        </Suspense>
      </Frame>
    </SignedIn>
  );
}
