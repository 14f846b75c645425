// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useComparing } from '../../../../frontend/src/features/image/use-comparing.ts';
import { anImage } from './an-image.ts';

const original = { kind: 'original', current: true } as const;
const edited = anImage({ current_version: 'v1' });
const plain = anImage();

function comparing() {
  const { result, rerender } = renderHook(({ image }) => useComparing(image, original), {
    initialProps: { image: edited },
  });
  act(() => result.current.toggle());
  return { result, rerender };
}

test('begins and ends by the same button', () => {
  const { result } = comparing();
  expect(result.current.shown).toBe(true);
  act(() => result.current.toggle());
  expect(result.current.shown).toBe(false);
});

test('ends when asked to', () => {
  const { result } = comparing();
  act(() => result.current.end());
  expect(result.current.shown).toBe(false);
});

test('pauses at a picture that has nothing to compare', () => {
  const { result, rerender } = comparing();
  rerender({ image: plain });
  expect(result.current.shown).toBe(false);
  rerender({ image: edited });
  expect(result.current.shown).toBe(true);
});
