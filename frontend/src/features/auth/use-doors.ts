import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';

/** Who may come in: whether people may sign up, and whether nobody has yet. */
export function useDoors() {
  const { data } = useQuery({
    queryKey: keys.signUpState(),
    queryFn: ({ signal }) => call('get /auth/state', { signal }),
  });
  const isFirst = data?.first_account === true;
  return { isKnown: data !== undefined, isFirst, isOpen: isFirst || data?.registration === 'open' };
}
