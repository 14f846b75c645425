/** Links to an album, and what they show. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Share, SharedImage } from '../../../../backend-node/src/contract/shares.ts';
import { addressOf, call, type BodyOf } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { paged } from '../../lib/data/pages.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export type { Share, SharedImage };

const MOST = 200;

/** Newest first. There are at most 100 that work. */
export const useShares = (album: string) =>
  useQuery({
    queryKey: keys.shares(album),
    queryFn: async ({ signal }) => {
      const { items } = await call('get /albums/:id/shares', { params: { id: album }, query: { limit: MOST }, signal });
      return items;
    },
  });

export function useCreateShare(album: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<'post /albums/:id/shares'>) =>
      call('post /albums/:id/shares', { params: { id: album }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.shares(album) }),
    onError: tellProblem,
  });
}

export function useRevokeShare(album: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('delete /shares/:id', { params: { id } }),
    onSuccess: () => {
      toast({ message: words.ended });
      return client.invalidateQueries({ queryKey: keys.shares(album) });
    },
    onError: tellProblem,
  });
}

/** What a visitor sees, page by page. */
export const useShared = (token: string) =>
  useInfiniteQuery(
    paged(['shared', token], (from, signal) =>
      call('get /shared/:token', { params: { token }, query: { limit: MOST, ...from }, signal }),
    ),
  );

export type SharedVariant = SharedImage['variants'][number];

export const sharedUrl = (token: string, id: string, variant: SharedVariant): string =>
  addressOf('/shared/:token/images/:id/file', { params: { token, id }, query: { variant } });
