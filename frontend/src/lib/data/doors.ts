/** What is the same for everybody who comes: who may, and how long the trash keeps. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';

/**
 * Whether people may sign up, and whether nobody has an account yet: who comes then is the administrator.
 * trash_days: 0 where the next clean-up takes it all, undefined until it is known.
 * most_zip_bytes: undefined until it is known.
 */
export function useDoors() {
  const { data } = useQuery({
    queryKey: keys.signUpState(),
    queryFn: ({ signal }) => call('get /auth/state', { signal }),
  });
  const isFirst = data?.first_account === true;
  const isOpen = isFirst || data?.registration === 'open';
  const most_zip_bytes = data?.max_archive_bytes ?? undefined;
  return { isKnown: data !== undefined, isFirst, isOpen, trash_days: data?.trash_days, most_zip_bytes };
}
