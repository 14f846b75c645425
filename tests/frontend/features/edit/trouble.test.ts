import { describe, expect, it } from 'vitest';
import { OUTPUT, troubleOf } from '../../../../frontend/src/features/edit/trouble.ts';
import { ApiProblem } from '../../../../frontend/src/lib/api/problem.ts';

const KEYS = ['first', 'second'];
const invalid = (detail: string) => new ApiProblem({ code: 'invalid_recipe', detail, status: 400 });

describe('a recipe that was refused', () => {
  it.each([
    ['Input should be less than or equal to 3 at steps.1.some-step.brightness, received 9', 'second', 'brightness'],
    ['Expected a value at steps.0.some-step.blob, received none', 'first', 'blob'],
    ["Expected an operation at steps.1.operation (one of a, b), received 'nope'", 'second', ''],
    ['Expected x, y, width and height of at most 100 percent at steps.0.some-step, received {}', 'first', ''],
    ['Input should be less than or equal to 100 at recipe.output.quality, received 900', OUTPUT, 'quality'],
  ])('shows where it was refused: %s', (detail, key, param) => {
    expect(troubleOf(invalid(detail), KEYS)).toEqual({ key, param, text: detail });
  });

  it('is no matter of one step where none is named', () => {
    expect(troubleOf(invalid('Expected fewer steps'), KEYS)).toBeUndefined();
    expect(troubleOf(invalid('Expected something at steps.7.some-step'), KEYS)).toBeUndefined();
  });

  it('is not read out of other problems', () => {
    const problem = new ApiProblem({ code: 'too_busy', detail: 'Expected patience at steps.0.some-step', status: 503 });
    expect(troubleOf(problem, KEYS)).toBeUndefined();
  });
});
