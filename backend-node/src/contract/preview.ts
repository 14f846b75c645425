/** Looking before anything is kept: what a recipe would make of an image, and how good an image is. */
import { z } from 'zod';
import { IdParams, WhichVersion } from './common.ts';
import { isOneWish, ONE_WISH, wishFields } from './recipe-wish.ts';
import { routes } from './route.ts';
import { INSPECTING, RENDERING } from './work-problems.ts';

const PreviewBody = z
  .strictObject({
    ...wishFields,
    max_px: z.int().min(16).max(2048).default(1024).describe('Longest side of the preview, in pixels.'),
  })
  .refine(isOneWish, ONE_WISH);
export type PreviewBody = z.output<typeof PreviewBody>;

const tag = 'preview';
const access = { scope: 'process' } as const;

export const previewRoutes = routes({
  previewRecipe: {
    method: 'post',
    path: '/images/:id/preview',
    tag,
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
    problems: RENDERING,
  },
  inspectImage: {
    method: 'post',
    path: '/images/:id/inspect',
    tag,
    summary: 'Measure the quality of an image',
    access,
    params: IdParams,
    body: z.strictObject({ version: WhichVersion }),
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
    problems: INSPECTING,
  },
});
