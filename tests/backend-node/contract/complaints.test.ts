import { expect, test } from 'vitest';
import { z } from 'zod';
import { line } from '../../../backend-node/src/contract/common.ts';
import '../../../backend-node/src/contract/complaints.ts';

const complaint = (shape: z.ZodType, value: unknown): string | undefined =>
  shape.safeParse(value).error?.issues[0]?.message;

test.each([
  ['a missing text', z.string(), undefined, 'Expected text, received nothing'],
  ['a number for a text', z.string(), 7, 'Expected text, received 7'],
  ['letters for a number', z.coerce.number(), 'many', 'Expected a number, received something that is no number'],
  ['a fraction', z.int(), 1.5, 'Expected a whole number, received 1.5'],
  ['a list for an object', z.object({}), [], 'Expected an object, received a list'],
  ['too short', z.string().min(10), 'short', 'Expected at least 10 characters, received 5'],
  ['too many', z.array(z.string()).max(1), ['a', 'b'], 'Expected at most 1 items, received 2'],
  ['too small', z.number().min(16), 3, 'Expected at least 16, received 3'],
  ['just not enough', z.number().gt(0), 0, 'Expected more than 0, received 0'],
  ['an unknown choice', z.enum(['asc', 'desc']), 'up', 'Expected asc or desc, received "up"'],
  ['an unknown field', z.strictObject({}), { role: 1 }, 'Expected no other fields, received role'],
  ['no address', z.email(), 'ana', 'Expected an email address, received "ana"'],
  ['a shape with words of its own', line(9), 'a\nb', 'Expected one line of text without control characters'],
])('%s is told in our words', (_name, shape, value, words) => {
  expect(complaint(shape, value)).toBe(words);
});

test('what came is shown, but not all of it', () => {
  expect(complaint(z.number(), 'x'.repeat(5000))).toHaveLength('Expected a number, received ""'.length + 60);
});
