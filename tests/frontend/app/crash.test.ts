// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isMissingPart, messageOf } from '../../../frontend/src/app/crash.tsx';
import { ApiProblem } from '../../../frontend/src/lib/api/problem.ts';

describe('a page that failed', () => {
  it.each([
    'Failed to fetch dynamically imported module: https://shop.example/assets/edit-1.js',
    'error loading dynamically imported module: https://shop.example/assets/edit-1.js',
    'Importing a module script failed.',
    'Unable to preload CSS for /assets/edit-1.css',
  ])('is known to miss a part, in the words of each browser: %s', (message) => {
    expect(isMissingPart(new TypeError(message))).toBe(true);
  });

  it('is not taken for that otherwise', () => {
    expect(isMissingPart(new TypeError('undefined is not a function'))).toBe(false);
  });

  it('tells the id of the request that failed', () => {
    const problem = new ApiProblem({ code: 'internal_error', detail: 'It broke.', status: 500, requestId: 'r-1' });
    expect(messageOf(problem)).toBe('internal_error: It broke.\nRequest r-1');
  });
});
