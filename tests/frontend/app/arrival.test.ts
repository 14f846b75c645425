// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { nameIn } from '../../../frontend/src/app/arrival.tsx';
import { setTitle } from '../../../frontend/src/ui/title.ts';

describe('the name of a page', () => {
  it('is that of the innermost route which has one', () => {
    expect(nameIn([undefined, { title: 'Albums' }, { title: 'Album' }, {}])).toBe('Album');
    expect(nameIn([undefined, 'text'])).toBe('');
  });

  it('stands before that of the app', () => {
    setTitle('Gallery');
    expect(document.title).toBe('Gallery · Vitrine');
    setTitle('');
    expect(document.title).toBe('Vitrine');
  });
});
