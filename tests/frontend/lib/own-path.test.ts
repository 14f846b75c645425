import { describe, expect, it } from 'vitest';
import { ownPath } from '../../../frontend/src/lib/own-path.ts';

const ORIGIN = 'https://shop.example';

describe('where to go after signing in', () => {
  it.each(['/gallery', '/gallery?q=shoe&sort=new', '/images/01J#facts'])('goes to the page asked for: %s', (path) => {
    expect(ownPath(path, ORIGIN)).toBe(path);
  });

  it.each([
    ['nothing', null],
    ['another origin', 'https://evil.example/'],
    ['another origin without a scheme', '//evil.example'],
    ['two slashes behind a dot', '/.//evil.example'],
    ['a backslash for a slash', '/\\evil.example'],
    ['a tab that browsers take out', '/\t/evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['no path', 'gallery'],
    ['the empty text', ''],
    ['the sign-in page itself', '/sign-in?to=/sign-in'],
    ['the sign-up page', '/sign-up'],
  ])('goes home for %s', (_, asked) => {
    expect(ownPath(asked, ORIGIN)).toBe('/');
  });
});
