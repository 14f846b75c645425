/** Changing albums. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/call.ts';
import { isProblem } from '../../lib/api/problem.ts';
import type { Album } from '../../lib/data/albums.ts';
import { keys } from '../../lib/data/keys.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export interface AlbumText {
  readonly name: string;
  readonly description: string;
}

/** Makes an album, or changes the one that is given. */
export function useSaveAlbum(album: Album | undefined, onSaved: (album: Album) => void) {
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: keys.albums() });
  return useMutation({
    mutationFn: (text: AlbumText) =>
      album
        ? call('patch /albums/:id', { params: { id: album.id }, body: text, revision: album.revision })
        : call('post /albums', { body: text }),
    onSuccess: (saved) => {
      client.setQueryData(keys.album(saved.id), saved);
      void changed();
      onSaved(saved);
    },
    onError: (error) => {
      const clash = isProblem(error, 'precondition_failed');
      if (clash) void changed();
      tellProblem(clash ? new Error(words.conflict) : error);
    },
  });
}

export function useDeleteAlbum() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Album) => call('delete /albums/:id', { params: { id } }),
    onSuccess: (_, { id }) => {
      toast({ message: words.deleted });
      // Its own page is about to close, and need not learn that it is gone.
      const others = client.invalidateQueries({
        queryKey: keys.albums(),
        predicate: ({ queryKey }) => queryKey[1] !== id,
      });
      return Promise.all([others, client.invalidateQueries({ queryKey: ['images'] })]);
    },
    onError: tellProblem,
  });
}
