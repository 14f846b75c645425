// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { glide } from '../../../../frontend/src/features/home/glide.ts';

type Look = (entries: readonly { isIntersecting: boolean }[]) => void;

let look: Look = () => undefined;
let still = false;

/** jsdom has no layout: the test says what is in sight. */
class Sight {
  constructor(told: Look) {
    look = told;
  }
  observe() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('IntersectionObserver', Sight);
  vi.stubGlobal('matchMedia', () => ({ matches: still }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  still = false;
  look = () => undefined;
});

function begun() {
  const root = document.createElement('div');
  const places: number[] = [];
  const moving: boolean[] = [];
  glide(root, { move: (percent) => places.push(percent), tell: (now) => moving.push(now) });
  return { root, places, moving };
}

it('waits until it is seen, goes to both sides once, and rests in the middle', () => {
  const { places, moving } = begun();
  vi.advanceTimersByTime(20_000);
  expect(places).toEqual([]);
  look([{ isIntersecting: true }]);
  vi.advanceTimersByTime(20_000);
  expect(places).toEqual([78, 22, 50]);
  expect(moving).toEqual([true, false]);
});

it('leaves the line to whoever takes it', () => {
  const { root, places, moving } = begun();
  look([{ isIntersecting: true }]);
  vi.advanceTimersByTime(1500);
  root.dispatchEvent(new Event('pointerdown'));
  vi.advanceTimersByTime(20_000);
  expect(places).toEqual([78]);
  expect(moving.at(-1)).toBe(false);
});

it('does not move for people who want no motion', () => {
  still = true;
  const { places } = begun();
  look([{ isIntersecting: true }]);
  vi.advanceTimersByTime(20_000);
  expect(places).toEqual([]);
});
