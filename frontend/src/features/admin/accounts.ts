/** Every account, page by page. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { User, UserChange } from '../../../../backend-node/src/contract/users.ts';
import { call } from '../../lib/api/call.ts';
import { isProblem } from '../../lib/api/problem.ts';
import { keys } from '../../lib/data/keys.ts';
import { paged } from '../../lib/data/pages.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

const A_PAGE = 100;

const accounts = paged(keys.users(), (from, signal) =>
  call('get /users', { query: { limit: A_PAGE, ...from }, signal }),
);

export const useAccounts = () => useInfiniteQuery(accounts);

/** Names by id. All of them come in, page by page. */
export function useNames(): ReadonlyMap<string, string> {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useAccounts();
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return new Map(data?.pages.flatMap(({ items }) => items).map(({ id, name }) => [id, name]));
}

/** Changed once the gateway says so: it knows who is the last administrator. */
export function useAccountChange(user: User) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UserChange) =>
      call('patch /users/:id', { params: { id: user.id }, body: change, revision: user.revision }),
    onSuccess: (now) => toast({ message: toldOf(user, now) }),
    onError: (error) => {
      if (isProblem(error, 'invalid_transition')) toast({ message: words.users.last, tone: 'bad' });
      else if (isProblem(error, 'precondition_failed')) toast({ message: words.users.changed, tone: 'bad' });
      else tellProblem(error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.users() }),
  });
}

function toldOf(before: User, { name, role, state }: User): string {
  if (before.state === state) return words.users.isNow(name, words.users.roles[role]);
  return state === 'active' ? words.users.wentOn(name) : words.users.wentOff(name);
}
