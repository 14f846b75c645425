/** What is known about one picture. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Version } from '../../../../backend-node/src/contract/versions.ts';
import { call } from '../../lib/api/call.ts';
import { rememberImage, useImagesChanged, type Image } from '../../lib/data/images.ts';
import { keys } from '../../lib/data/keys.ts';
import { paged } from '../../lib/data/pages.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export type { Version };

const A_PAGE = 50;

/** Newest first, page by page. */
export const useVersions = (id: string) =>
  useInfiniteQuery(
    paged([...keys.versions(id), 'pages'], (from, signal) =>
      call('get /images/:id/versions', { params: { id }, query: { limit: A_PAGE, ...from }, signal }),
    ),
  );

export interface Facts {
  readonly color_model?: string;
  readonly has_alpha?: boolean;
  readonly bits_per_channel?: number;
  readonly icc?: string | null;
  readonly frames?: number;
  readonly jpeg_quality?: number | null;
  readonly exif?: Readonly<Record<string, string | number | boolean>>;
}

export const useFacts = (id: string) =>
  useQuery({
    queryKey: keys.facts(id),
    queryFn: async ({ signal }) => (await call('get /images/:id/facts', { params: { id }, signal })) as Facts,
    staleTime: Infinity,
  });

/** Takes what a change gave, and says what looks different now. */
function useChanged(): (image?: Image, gone?: readonly string[]) => Promise<unknown> {
  const client = useQueryClient();
  const images = useImagesChanged();
  return (image, gone = []) => {
    if (image) rememberImage(client, image);
    return Promise.all([images(gone), client.invalidateQueries({ queryKey: ['versions'] })]);
  };
}

/** '' chooses the original. */
export function useChooseVersion(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (version: string) => call('post /images/:id/versions/current', { params: { id }, body: { version } }),
    onSuccess: (image) => void changed(image),
    onError: tellProblem,
  });
}

export function useDeleteVersion(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (version: string) => call('delete /images/:id/versions/:version', { params: { id, version } }),
    onSuccess: () => {
      toast({ message: words.versions.deleted });
      void changed();
    },
    onError: tellProblem,
  });
}

/** What it says comes also after the page has gone, as it does with the last picture of a list. */
export function useTrash() {
  const changed = useChanged();
  const restore = useRestore();
  return useMutation({
    mutationFn: (id: string) => call('delete /images/:id', { params: { id } }),
    onSuccess: (_, id) => {
      toast({ message: words.movedToTrash, undo: () => restore.mutate(id) });
      void changed(undefined, [id]);
    },
    onError: tellProblem,
  });
}

export function useRestore() {
  const changed = useChanged();
  return useMutation({
    mutationFn: (id: string) => call('post /images/:id/restore', { params: { id } }),
    onSuccess: (image) => {
      toast({ message: words.restored });
      void changed(image);
    },
    onError: tellProblem,
  });
}
