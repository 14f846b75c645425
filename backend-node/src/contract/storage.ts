/** How much is stored, for administrators. */
import { z } from 'zod';
import { routes } from './route.ts';

export const storageRoutes = routes({
  getStorage: {
    method: 'get',
    path: '/storage',
    tag: 'health',
    summary: 'How much is stored, and how much room is left',
    access: { scope: 'admin', role: 'admin' },
    answers: {
      200: {
        description: 'Of all accounts together.',
        body: z.object({
          users: z.int(),
          images: z.int().describe('Those in the trash count as well.'),
          versions: z.int(),
          database: z.enum(['sqlite', 'mongodb']),
          disk: z
            .object({ free_bytes: z.int(), total_bytes: z.int() })
            .nullable()
            .describe('Where the pictures lie; null where that is no disk of the processing service.'),
        }),
      },
    },
    problems: ['processing_unavailable'],
  },
});
