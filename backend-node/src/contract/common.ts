/** Shapes that several features share. Field names are snake_case as in recipes and tables; only nextCursor and requestId are not. */
import { z } from 'zod';
import { isShallow } from './depth.ts';

export const Id = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'Expected an id (26 letters and digits)')
  .describe('ULID: sorts by the time it was made.');
export const BlobId = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'Expected a blob id (64 hexadecimal digits)')
  .describe('sha256 of the bytes.');
export const Time = z.iso.datetime().describe('UTC, ISO 8601.');
/** As people write one: of a whole day, or of any zone. */
export const When = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((text) => new Date(text).toISOString());
export const Revision = z.int().min(1).describe('Counts changes; the ETag of the thing. Send it as If-Match.');

export const IdParams = z.strictObject({ id: Id });

export const WhichVersion = z
  .union([Id, z.literal('')])
  .optional()
  .describe('A version; empty: the original. Left out: the current one.');

export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().describe('nextCursor of the page before.'),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('null on the last page.') });

export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

/** A recipe as pyservice understands it. Only pyservice judges one: the gateway checks that it is an object of steps. */
export const RecipeDocument = z
  .looseObject({ steps: z.array(z.looseObject({ operation: z.string().max(100) })).max(200) })
  .refine((recipe) => isShallow(recipe, 12), 'Expected a recipe that is not nested so deeply')
  .describe('steps and output. GET /operations has the operations and the schemas of their parameters.');

export const NoContent = { description: 'Done.' };

/** One line of text: no control characters, trimmed. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'Expected one line of text without control characters');

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
