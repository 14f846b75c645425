/** Keeps what was made, and goes back to what was kept before. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api/call.ts';
import type { Recipe } from '../../lib/data/catalogue.ts';
import { rememberImage, useImagesChanged } from '../../lib/data/images.ts';
import { keys } from '../../lib/data/keys.ts';
import { useOutlinesChanged } from '../../lib/data/outline.ts';
import { wishOf } from '../../lib/data/recipes.ts';

export const useVersion = (image: string, version: string) =>
  useQuery({
    queryKey: [...keys.versions(image), version],
    enabled: version !== '',
    staleTime: Infinity,
    queryFn: ({ signal }) => call('get /images/:id/versions/:version', { params: { id: image, version }, signal }),
  });

const LATEST = 30;

/** The latest, newest first. */
export const useLatestVersions = (image: string) =>
  useQuery({
    queryKey: [...keys.versions(image), 'latest'],
    queryFn: async ({ signal }) =>
      (await call('get /images/:id/versions', { params: { id: image }, query: { limit: LATEST }, signal })).items,
  });

/** Says what looks different now. */
function useChanged() {
  const client = useQueryClient();
  const images = useImagesChanged();
  const outlines = useOutlinesChanged();
  return () => Promise.all([images(), outlines(), client.invalidateQueries({ queryKey: ['versions'] })]);
}

export function useSaveVersion(id: string) {
  const changed = useChanged();
  return useMutation({
    mutationFn: (recipe: Recipe) =>
      call('post /images/:id/versions', { params: { id }, body: { ...wishOf(recipe), current: true } }),
    onSuccess: () => void changed(),
  });
}

/** '' chooses the original. */
export function useChooseVersion(id: string) {
  const client = useQueryClient();
  const changed = useChanged();
  return useMutation({
    mutationFn: (version: string) => call('post /images/:id/versions/current', { params: { id }, body: { version } }),
    onSuccess: (image) => {
      rememberImage(client, image);
      void changed();
    },
  });
}

/** The steps a preset takes once it has looked at the picture. */
export function useLookedUp(id: string) {
  return useMutation({
    mutationFn: async (preset: string): Promise<Recipe> =>
      (await call('post /images/:id/recipe', { params: { id }, body: { preset } })).recipe,
  });
}
