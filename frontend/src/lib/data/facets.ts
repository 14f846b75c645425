/** What the account's pictures can be filtered by, the most frequent first. */
import { useQuery } from '@tanstack/react-query';
import type { Facets } from '../../../../backend-node/src/contract/gallery.ts';
import { call } from '../api/call.ts';
import { keys } from './keys.ts';

export type { Facets };

export const useFacets = () =>
  useQuery({ queryKey: keys.facets(), queryFn: ({ signal }) => call('get /images/facets', { signal }) });
