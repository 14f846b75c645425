/** Who may come in. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';

/** Whether people may sign up, and whether nobody has an account yet: who comes then is the administrator. */
export function useDoors() {
  const { data } = useQuery({
    queryKey: keys.signUpState(),
    queryFn: ({ signal }) => call('get /auth/state', { signal }),
  });
  const isFirst = data?.first_account === true;
  return { isKnown: data !== undefined, isFirst, isOpen: isFirst || data?.registration === 'open' };
}
