import { QueryClient } from '@tanstack/react-query';
import { connection } from '../lib/api/connection.ts';
import { isProblem } from '../lib/api/problem.ts';
import { session } from '../lib/api/session.ts';

const MOST_TRIES = 2;
const FRESH_MS = 30_000;

const mayPass = (error: unknown): boolean => !isProblem(error) || error.status >= 500 || error.status === 0;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (failures, error) => failures < MOST_TRIES && mayPass(error),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

// What could not be read while the connection was down is read once it is back.
connection.follow(() => connection.get() === 'good' && void queries.invalidateQueries());

// Nothing of one account is there for the next.
let account = '';
session.follow(() => {
  const now = session.get();
  const next = now.status === 'in' ? now.user.id : '';
  if (account !== '' && account !== next) queries.clear();
  account = next;
});
