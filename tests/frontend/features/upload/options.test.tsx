// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Options } from '../../../../frontend/src/features/upload/options.tsx';
import { picksOf } from '../../../../frontend/src/features/upload/picked.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';

const KNOWN = [
  [keys.albums(), []],
  [keys.recipes(), []],
  [keys.facets(), { tags: [], formats: [], review_states: [] }],
] as const;

test('Enter in a field sends nothing: only the button does', () => {
  const asked = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Nothing is to be asked for'));
  show(<Options picks={picksOf([new File(['1234'], 'mug.jpg')])} />, KNOWN);
  // Without a form there is nothing that Enter could send.
  for (const field of screen.getAllByRole('combobox')) {
    expect(field.closest('form')).toBeNull();
    fireEvent.keyDown(field, { key: 'Enter' });
  }
  expect(screen.getByRole('button', { name: 'Upload 1 picture' }).getAttribute('type')).toBe('button');
  asked.mockRestore();
});
