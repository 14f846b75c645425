/** Looking before anything is kept: what a recipe would make of an image, and how good an image is. */
import { z } from 'zod';
import { IdParams, RecipeDocument, WhichVersion } from './common.ts';
import { isOneWish, ONE_WISH, wishFields } from './recipe-wish.ts';
import { routes } from './route.ts';
import { INSPECTING, RENDERING } from './work-problems.ts';

const PreviewBody = z
  .strictObject({
    ...wishFields,
    max_px: z.int().min(16).max(2048).default(1024).describe('Longest side of the preview, in pixels.'),
    part: z
      .enum(['result', 'source_mask'])
      .default('result')
      .describe('source_mask: where the product is in the original, before its edge is treated. Fit for painting on.'),
  })
  .refine(isOneWish, ONE_WISH);
export type PreviewBody = z.output<typeof PreviewBody>;

/** What the header Vitrine-Rendered holds, as JSON: how the preview was made. */
export const PreviewTold = z.object({
  elapsed_ms: z.number(),
  width: z.int(),
  height: z.int(),
  /** Those that are switched on, in their order. 0 ms: remembered from a preview before. */
  steps: z.array(z.object({ operation: z.string(), elapsed_ms: z.number() })),
  /** The box around what a transparent picture shows, in its pixels; null where it shows nothing or is opaque. */
  seen: z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() }).nullable().default(null),
  /** Sentences for a person. */
  warnings: z.array(z.string()),
});
export type PreviewTold = z.infer<typeof PreviewTold>;
export const PREVIEW_TOLD = 'Vitrine-Rendered';

const tag = 'preview';
const access = { scope: 'process' } as const;

export const previewRoutes = routes({
  previewRecipe: {
    method: 'post',
    path: '/images/:id/preview',
    tag,
    summary: 'See what a recipe would make of an image',
    description:
      'Nothing is kept. Whoever asks again may give up the request before. A source_mask is a grey PNG: white is ' +
      'product; no_product where no step looks for it.',
    access,
    params: IdParams,
    body: PreviewBody,
    answers: {
      200: {
        description: 'The picture, in the format of the recipe’s output.',
        media: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
        headers: {
          [PREVIEW_TOLD]: 'JSON: elapsed_ms, width, height, steps (operation, elapsed_ms), warnings. Not with a mask.',
        },
      },
    },
    problems: RENDERING,
  },
  chooseRecipe: {
    method: 'post',
    path: '/images/:id/recipe',
    tag,
    summary: 'See what steps a preset takes for an image',
    description: 'Some presets look at the picture and choose their steps by what they find.',
    access,
    params: IdParams,
    body: z.strictObject({ preset: z.string().min(1).max(100).describe('Name of a shipped recipe: GET /presets.') }),
    answers: {
      200: { description: 'The recipe, every default written out.', body: z.object({ recipe: RecipeDocument }) },
    },
    problems: INSPECTING,
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
