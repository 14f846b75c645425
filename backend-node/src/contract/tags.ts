/** Tags and what else people write on images. */
import { z } from 'zod';
import { line } from './common.ts';

export const MOST_TAGS = 50;

export const Tag = line(60)
  .min(1)
  .regex(/^[^,]*$/, 'Expected a tag without commas');

/** Each once, whatever its case: the first spelling stays. */
function uniqueTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const tag of tags) if (!known.has(tag.toLowerCase())) known.set(tag.toLowerCase(), tag);
  return [...known.values()];
}

export const Tags = z
  .array(Tag)
  .max(MOST_TAGS)
  .transform(uniqueTags)
  .describe(`At most ${MOST_TAGS}, without commas. Shoes and shoes are one tag.`);

/** a, b,c → a, b and c */
export const separated = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Text of a form or an address: a,b,c */
export const TagText = z
  .string()
  .max(MOST_TAGS * 62)
  .transform(separated)
  .pipe(Tags);

/** One of several values, separated by commas. */
export const anyOf = (description: string) =>
  z
    .string()
    .max(1000)
    .transform(separated)
    .pipe(z.array(z.string().max(100)).min(1).max(50))
    .describe(`${description} Several, separated by commas: any of them.`);

/** What people may write on an image. */
export const IMAGE_TEXTS = {
  title: line(200),
  sku: line(100),
  product_group: line(100),
} as const;
