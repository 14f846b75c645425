/** The whole gallery at a glance: the shape of every picture, and what it can be filtered by. */
import { z } from 'zod';
import { IMAGE_FILTER, IMAGE_ORDER } from './image-filter.ts';
import { routes } from './route.ts';

const tag = 'images';
const access = { scope: 'images:read' } as const;

export const OutlineQuery = z.strictObject({ ...IMAGE_FILTER, ...IMAGE_ORDER });
export type OutlineQuery = z.output<typeof OutlineQuery>;

/** Of each kind. */
export const MOST_VALUES = 200;

const Facet = z.array(z.object({ value: z.string(), count: z.int().describe('How many images have it.') }));

export const Facets = z.object({ tags: Facet, formats: Facet, review_states: Facet }).meta({ id: 'Facets' });
export type Facets = z.infer<typeof Facets>;

export const galleryRoutes = routes({
  outlineImages: {
    method: 'get',
    path: '/images/outline',
    tag,
    summary: 'The shape of every image found, in order',
    description:
      'For laying out a gallery before its images are read: each line is a JSON array of up to 500 [id, width, height], ' +
      'of the picture shown. An id tells when its image was uploaded.',
    access,
    query: OutlineQuery,
    answers: { 200: { description: 'All of them, line by line.', media: ['application/x-ndjson'] } },
  },
  imageFacets: {
    method: 'get',
    path: '/images/facets',
    tag,
    summary: 'What images can be filtered by',
    description: `Values that images outside the trash have, the most frequent first: at most ${MOST_VALUES} of each kind.`,
    access,
    answers: { 200: { description: 'Tags, formats and review states.', body: Facets } },
  },
});
