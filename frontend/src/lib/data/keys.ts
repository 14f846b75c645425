/**
 * Keys of what was read from the gateway. Each begins with the plural of what it holds, so that whoever changes something
 * can say which noun is old now: queryClient.invalidateQueries({ queryKey: ['images'] }).
 */
import type { QueryOf } from '../api/call.ts';

export type ImagesQuery = QueryOf<'get /images'>;

export const keys = {
  image: (id: string) => ['images', 'one', id] as const,
  facts: (id: string) => ['images', 'facts', id] as const,
  imageList: (query: ImagesQuery) => ['images', 'list', query] as const,
  outline: (query: object) => ['images', 'outline', query] as const,
  facets: () => ['images', 'facets'] as const,
  versions: (image: string) => ['versions', image] as const,
  batches: () => ['batches', 'list'] as const,
  batch: (id: string) => ['batches', 'one', id] as const,
  batchItems: (id: string, query: object) => ['batches', 'items', id, query] as const,
  imports: () => ['imports', 'list'] as const,
  import: (id: string) => ['imports', 'one', id] as const,
  importItems: (id: string, query: object) => ['imports', 'items', id, query] as const,
  products: (query: object) => ['products', 'list', query] as const,
  productGroups: () => ['product-groups'] as const,
  albums: () => ['albums'] as const,
  album: (id: string) => ['albums', id] as const,
  shares: (album: string) => ['shares', album] as const,
  recipes: () => ['recipes'] as const,
  catalogue: (name: string) => ['catalogue', name] as const,
  sessions: () => ['sessions'] as const,
  apiKeys: () => ['api-keys'] as const,
  webhooks: () => ['webhooks'] as const,
  deliveries: (webhook: string) => ['deliveries', webhook] as const,
  users: () => ['users'] as const,
  signUpState: () => ['sign-up-state'] as const,
  audit: (query: object) => ['audit', query] as const,
  health: () => ['health'] as const,
  storage: () => ['storage'] as const,
  figures: () => ['figures'] as const,
} as const;
