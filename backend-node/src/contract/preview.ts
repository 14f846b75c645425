/** Looking before anything is kept: what a recipe would make of an image, and how good an image is. */
import { z } from 'zod';
import { Id, IdParams } from './common.ts';
import { isOneWish, ONE_WISH, wishFields } from './recipe-wish.ts';
import { routes } from './route.ts';

const PreviewBody = z
  .strictObject({
    ...wishFields,
    max_px: z.int().min(16).max(2048).default(1024).describe('Longest side of the preview, in pixels.'),
  })
  .refine(isOneWish, ONE_WISH);
export type PreviewBody = z.output<typeof PreviewBody>;

const InspectBody = z.strictObject({
  version: z
    .union([Id, z.literal('')])
    .default('')
    .describe('A version; empty: the original.'),
});

const access = { scope: 'process' } as const;

export const previewRoutes = routes({
  previewRecipe: {
    method: 'post',
    path: '/images/:id/preview',
    tag: 'preview',
    summary: 'See what a recipe would make of an image',
    description: 'Nothing is kept. Whoever asks again may give up the request before.',
    access,
    params: IdParams,
    body: PreviewBody,
    answers: {
      200: {
        description: 'The picture, in the format of the recipe’s output.',
        media: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
      },
    },
    problems: [
      'invalid_recipe',
      'broken_image',
      'decode_limit',
      'no_product',
      'output_too_large',
      'byte_band',
      'too_busy',
      'corrupt_blob',
      'model_unavailable',
      'processing_unavailable',
    ],
  },
  inspectImage: {
    method: 'post',
    path: '/images/:id/inspect',
    tag: 'preview',
    summary: 'Measure the quality of an image',
    access,
    params: IdParams,
    body: InspectBody,
    answers: {
      200: {
        description: 'Facts, metrics, the score from 0 to 100, hard rules, and the verdict.',
        body: z.looseObject({
          facts: z.looseObject({}),
          metrics: z.looseObject({}),
          score: z.looseObject({}),
          gates: z.array(z.looseObject({})),
          verdict: z.string(),
        }),
      },
    },
    problems: [
      'broken_image',
      'decode_limit',
      'too_busy',
      'corrupt_blob',
      'model_unavailable',
      'processing_unavailable',
    ],
  },
});
