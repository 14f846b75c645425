/** What the file of a result can be, as controls draw it. The processing service holds the bounds; it checks them again. */
import type { ParamsSchema } from '../../lib/data/catalogue.ts';

const MOST_BYTES = 100_000_000;

export const OUTPUT_SCHEMA: ParamsSchema = {
  properties: {
    format: {
      type: 'string',
      title: 'Format',
      enum: ['jpeg', 'png', 'webp', 'avif'],
      default: 'jpeg',
      description: 'PNG, WebP and AVIF keep transparency. JPEG is read everywhere.',
    },
    quality: {
      type: 'integer',
      title: 'Quality',
      minimum: 1,
      maximum: 100,
      default: 92,
      description: 'Higher looks better and takes more bytes. PNG loses nothing and ignores it.',
    },
    max_bytes: {
      anyOf: [{ type: 'integer', minimum: 1000, maximum: MOST_BYTES }, { type: 'null' }],
      title: 'At most',
      unit: 'B',
      default: null,
      description: 'Lowers the quality until the file is at most this large.',
    },
    min_bytes: {
      anyOf: [{ type: 'integer', minimum: 1, maximum: MOST_BYTES }, { type: 'null' }],
      title: 'At least',
      unit: 'B',
      default: null,
      description: 'Raises the quality until the file is at least this large.',
    },
    pure_white: {
      type: 'boolean',
      title: 'Keep white pure',
      default: true,
      description: 'A white ground stays exactly white in a JPEG; takes more time and bytes.',
    },
    progressive: {
      type: 'boolean',
      title: 'Progressive',
      default: false,
      description: 'A JPEG that is seen as a whole while it is still loading.',
    },
    metadata: {
      type: 'string',
      title: 'Metadata',
      enum: ['keep', 'copyright', 'none'],
      default: 'copyright',
      description: 'What is kept of the notes in the original. Where it was taken never is.',
    },
  },
};
