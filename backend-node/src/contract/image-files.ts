/** The bytes of images. */
import { z } from 'zod';
import { flag, Id, IdParams } from './common.ts';
import { routes } from './route.ts';
import { RENDERING } from './work-problems.ts';

export const filesRoutes = routes({
  getImageFile: {
    method: 'get',
    path: '/images/:id/file',
    tag: 'images',
    summary: 'The original, a thumb, a preview, a version or its mask',
    description:
      'Answers ranges, and 304 to If-None-Match. The original is always sent as a download. A thumb is at most 512 ' +
      'pixels wide and high; a preview at most 2048, in a format that every browser shows, and is made when it is first ' +
      'asked for.',
    access: { scope: 'images:read', cookie: true },
    params: IdParams,
    query: z.strictObject({
      variant: z
        .enum(['original', 'thumb', 'preview', 'version', 'mask'])
        .default('original')
        .describe(
          'version and mask are of the current version, or of the one that version names; thumb and preview too, or of ' +
            'the original where there is none.',
        ),
      version: z
        .union([Id, z.literal('original')])
        .optional()
        .describe('original: the thumb or preview of the original, whatever is current.'),
      download: flag.optional().describe('true: to be saved under the name of the image.'),
      v: z
        .string()
        .regex(/^[0-9A-Za-z]{1,64}$/)
        .optional()
        .describe(
          'Anything that changes with the picture, like the current version: then the answer may be kept for ever.',
        ),
    }),
    answers: {
      200: {
        description: 'The bytes.',
        media: ['image/jpeg', 'image/png', 'image/webp', 'image/*', 'application/octet-stream'],
        headers: { ETag: 'The blob id in quotes.', 'Accept-Ranges': 'bytes' },
      },
      206: { description: 'The range asked for.', media: ['image/*'], headers: { 'Content-Range': 'RFC 9110' } },
      304: { description: 'The caller has these bytes already.' },
    },
    problems: [...RENDERING, 'precondition_failed', 'range_not_satisfiable'],
  },
});
