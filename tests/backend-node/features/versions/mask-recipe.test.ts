import { expect, test } from 'vitest';
import { plainRecipe, withMask } from '../../../../backend-node/src/features/versions/mask-recipe.ts';
import { maskToolsOf } from '../../../../backend-node/src/features/versions/mask-tools.ts';
import { recipe } from './picture.ts';

const BLOB = 'a'.repeat(64);
/** As pyservice lists operations, as far as it matters here. */
const one = (name: string, group: string, params: Record<string, unknown> = {}, painted_by: string | null = null) => ({
  ...{ name, moves: group === 'geometry' || group === 'orient', painted_by },
  params: { properties: params },
});
const LISTED = [
  one('crop', 'geometry', { x: {} }),
  one('adjust', 'light', { brightness: {} }),
  one('use-mask', 'background', { blob: { control: 'mask' }, grow_px: {}, feather_px: {} }),
  one('remove-background', 'background', { model: { control: 'model' }, grow_px: {}, feather_px: {} }, 'use-mask'),
  { ...one('background', 'background'), params: { control: 'backdrop', properties: {} } },
];
const tools = maskToolsOf(LISTED);
const names = (...steps: Parameters<typeof recipe>) =>
  withMask(recipe(...steps), BLOB, tools).steps.map(({ operation }) => operation);

test('use-mask takes the place of what found the product', () => {
  expect(names(['adjust'], ['remove-background'], ['frame'])).toEqual(['adjust', 'use-mask', 'frame']);
});

test('a mask takes the place of the mask before', () => {
  const before = recipe(['use-mask', { blob: 'b'.repeat(64), grow_px: 2 }], ['frame']);
  expect(withMask(before, BLOB, tools).steps[0]).toEqual({
    operation: 'use-mask',
    params: { blob: BLOB, grow_px: 2 },
  });
});

test('what was said about the edge still holds, what only a network knows does not', () => {
  const before = recipe(['remove-background', { model: 'auto', refine: 'matting', grow_px: -1, feather_px: 3 }]);
  expect(withMask(before, BLOB, tools).steps).toEqual([
    { operation: 'use-mask', params: { blob: BLOB, grow_px: -1, feather_px: 3 } },
  ]);
});

test('where something moves the picture before, the mask goes first', () => {
  expect(names(['adjust'], ['crop'], ['remove-background'])).toEqual(['use-mask', 'adjust', 'crop']);
});

test('what moves the picture later changes nothing', () => {
  expect(names(['adjust'], ['remove-background'], ['crop'])).toEqual(['adjust', 'use-mask', 'crop']);
});

test('a recipe that never looked for the product begins with the mask', () => {
  expect(names(['adjust'])).toEqual(['use-mask', 'adjust']);
});

test('the product is cut out once', () => {
  expect(names(['remove-background'], ['frame'], ['use-mask'], ['remove-background'])).toEqual(['use-mask', 'frame']);
});

test('an original is cut out on white', () => {
  expect(withMask(plainRecipe(tools), BLOB, tools).steps.map(({ operation }) => operation)).toEqual([
    'use-mask',
    'background',
  ]);
});

test('the output stays', () => {
  const output = { format: 'webp' };
  expect(withMask({ ...recipe(['adjust']), output }, BLOB, tools).output).toBe(output);
});

test('where no operation takes a mask, that is told', () => {
  expect(() => maskToolsOf(LISTED.slice(0, 2))).toThrow('takes a painted mask');
});
