import { connection } from '../lib/api/connection.ts';
import { useExternal } from '../lib/api/external.ts';
import { EmptyCase } from '../ui/empty-case.tsx';
import { words } from './words.ts';

/** Who is signed in is not known yet. Nothing while that is quick; it is asked again by itself. */
export function Waiting() {
  const state = useExternal(connection);
  if (state === 'good') return null;
  return (
    <main>
      <EmptyCase isPage title={words.waiting.title} text={words.waiting.text} />
    </main>
  );
}
