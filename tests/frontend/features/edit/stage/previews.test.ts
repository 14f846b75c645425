import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Previews, type Come, type Pace } from '../../../../../frontend/src/features/edit/stage/previews.ts';
import { Shelf } from '../../../../../frontend/src/features/edit/stage/shelf.ts';
import { ApiProblem } from '../../../../../frontend/src/lib/api/problem.ts';

const PACE: Pace = { gather_ms: 60, quiet_ms: 250, patience_ms: 500, retry_ms: 600, quick_px: 512 };

interface Asked {
  readonly recipe: string;
  readonly max_px: number;
  readonly signal: AbortSignal;
  readonly answer: (whole?: boolean) => Promise<void>;
  readonly fail: (error: Error) => Promise<void>;
}

/** Previews whose answers come when the test says so. A frame is the name of its recipe and its pixels. */
function bench(most_kept = 10) {
  const asked: Asked[] = [];
  const thrown: string[] = [];
  const ask = (recipe: string, max_px: number, signal: AbortSignal) =>
    new Promise<{ frame: string; whole: boolean }>((resolve, reject) => {
      const settled = () => vi.advanceTimersByTimeAsync(0).then(() => undefined);
      signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      asked.push({
        recipe,
        max_px,
        signal,
        answer: (whole = false) => {
          resolve({ frame: `${recipe}@${max_px}`, whole });
          return settled();
        },
        fail: (error) => {
          reject(error);
          return settled();
        },
      });
    });
  const shelf = new Shelf<Come<string>>(most_kept, ({ frame }) => thrown.push(frame));
  const previews = new Previews<string, string>(ask, shelf, PACE);
  const seen: string[] = [];
  previews.follow(() => {
    const frame = previews.get().shown?.frame;
    if (frame !== undefined && frame !== seen.at(-1)) seen.push(frame);
  });
  const wish = (recipe: string, max_px = 1280) => previews.wish({ key: recipe, recipe, max_px });
  const at = (index: number): Asked => {
    const one = asked[index];
    if (!one) throw new Error(`Expected ${index + 1} calls, received ${asked.length}`);
    return one;
  };
  return { previews, asked, at, seen, thrown, wish };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('one wish', () => {
  test('is answered small, then sharp once it is quiet', async () => {
    const { wish, at, asked, seen, previews } = bench();
    wish('a');
    await pass(60);
    expect(asked).toHaveLength(1);
    await at(0).answer();
    expect(seen).toEqual(['a@512']);
    expect(previews.get().working).toBe(true);
    await pass(200);
    await at(1).answer();
    expect(seen).toEqual(['a@512', 'a@1280']);
    expect(previews.get().working).toBe(false);
  });

  test('is asked for once where the small picture is all there is', async () => {
    const { wish, at, asked } = bench();
    wish('a');
    await pass(60);
    await at(0).answer(true);
    await pass(5000);
    expect(asked).toHaveLength(1);
  });

  test('is sharpened again when the screen shows more pixels', async () => {
    const { wish, at, asked, seen } = bench();
    wish('a', 512);
    await pass(60);
    await at(0).answer();
    wish('a', 2048);
    await pass(250);
    expect(asked.map(({ max_px }) => max_px)).toEqual([512, 2048]);
    await at(1).answer();
    expect(seen.at(-1)).toBe('a@2048');
  });
});

describe('many wishes', () => {
  test('that come quickly are gathered', async () => {
    const { wish, asked } = bench();
    for (const recipe of ['a', 'b', 'c']) {
      wish(recipe);
      await pass(15);
    }
    await pass(60);
    expect(asked.map(({ recipe }) => recipe)).toEqual(['c']);
  });

  test('show something while somebody drags on and on', async () => {
    const { wish, asked, seen } = bench();
    for (let step = 0; step < 40; step += 1) {
      wish(`r${step}`);
      await pass(16);
      for (const one of asked) await one.answer();
    }
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every((frame) => frame.endsWith('@512'))).toBe(true);
  });

  test('never show an older answer after a newer one', async () => {
    const { wish, at, seen } = bench();
    wish('a');
    await pass(60);
    wish('b');
    await pass(60);
    await at(1).answer();
    await at(0).answer();
    expect(seen).toEqual(['b@512']);
  });

  test('have at most two on their way, and the next one asked is the newest', async () => {
    const { wish, asked, at } = bench();
    for (const recipe of ['a', 'b', 'c', 'd']) {
      wish(recipe);
      await pass(70);
    }
    expect(asked.map(({ recipe }) => recipe)).toEqual(['a', 'b']);
    await at(0).answer();
    expect(asked.map(({ recipe }) => recipe)).toEqual(['a', 'b', 'd']);
  });

  test('make one that was overtaken long ago give way', async () => {
    const { wish, asked, at } = bench();
    for (const recipe of ['a', 'b', 'c']) {
      wish(recipe);
      await pass(70);
    }
    await pass(PACE.patience_ms);
    expect(at(0).signal.aborted).toBe(true);
    expect(asked.at(-1)?.recipe).toBe('c');
  });

  test('end the sharp pass of the one before at once', async () => {
    const { wish, at } = bench();
    wish('a');
    await pass(60);
    await at(0).answer();
    await pass(250);
    wish('b');
    expect(at(1).max_px).toBe(1280);
    expect(at(1).signal.aborted).toBe(true);
  });
});

describe('a wish that was answered before', () => {
  test('is shown at once, without asking', async () => {
    const { wish, at, asked, previews } = bench();
    wish('a');
    await pass(60);
    await at(0).answer(true);
    wish('b');
    await pass(60);
    await at(1).answer(true);
    wish('a');
    expect(previews.get().shown?.frame).toBe('a@512');
    await pass(1000);
    expect(asked).toHaveLength(2);
  });

  test('is not overwritten by the answer to the one in between', async () => {
    const { wish, at, previews } = bench();
    wish('a');
    await pass(60);
    await at(0).answer(true);
    wish('b');
    await pass(60);
    wish('a');
    await at(1).answer(true);
    expect(previews.get().shown?.frame).toBe('a@512');
  });

  test('throws away what nobody looked at for long, never what is shown', async () => {
    const { wish, asked, thrown, previews } = bench(2);
    for (const recipe of ['a', 'b', 'c', 'd']) {
      wish(recipe);
      await pass(60);
      await asked.at(-1)?.answer(true);
    }
    expect(thrown).toEqual(['a@512', 'b@512']);
    expect(previews.get().shown?.frame).toBe('d@512');
  });
});

describe('trouble', () => {
  const busy = new ApiProblem({ code: 'too_busy', detail: 'Busy', status: 429 }, 2);
  const wrong = new ApiProblem({ code: 'invalid_recipe', detail: 'Wrong', status: 400 });

  test('that passes is waited for, and only the newest wish is tried again', async () => {
    const { wish, at, asked, previews } = bench();
    wish('a');
    await pass(60);
    await at(0).fail(busy);
    wish('b');
    await pass(1900);
    expect(asked).toHaveLength(1);
    await pass(200);
    expect(asked.map(({ recipe }) => recipe)).toEqual(['a', 'b']);
    expect(previews.get().problem).toBeUndefined();
  });

  test('that stays is told, and what was good stays on the screen', async () => {
    const { wish, at, asked, previews } = bench();
    wish('a');
    await pass(60);
    await at(0).answer(true);
    wish('b');
    await pass(60);
    await at(1).fail(wrong);
    await pass(5000);
    expect(previews.get()).toMatchObject({ problem: { code: 'invalid_recipe' }, working: false });
    expect(previews.get().shown?.frame).toBe('a@512');
    expect(asked).toHaveLength(2);
  });

  test('is gone with the next good answer, or when it is tried again', async () => {
    const { wish, at, previews } = bench();
    wish('a');
    await pass(60);
    await at(0).fail(wrong);
    previews.again();
    await pass(60);
    expect(previews.get().problem).toBeUndefined();
    await at(1).answer(true);
    expect(previews.get()).toMatchObject({ problem: undefined, working: false });
  });

  test('of an older wish is no trouble of the newer one', async () => {
    const { wish, at, previews } = bench();
    wish('a');
    await pass(60);
    wish('b');
    await pass(60);
    await at(0).fail(wrong);
    expect(previews.get().problem).toBeUndefined();
  });
});

test('nothing is on its way after the end', async () => {
  const { wish, at, previews } = bench();
  wish('a');
  await pass(60);
  previews.end();
  expect(at(0).signal.aborted).toBe(true);
});

test('after the end everything is let go, and whoever comes back begins anew', async () => {
  const { wish, at, asked, thrown, previews } = bench();
  wish('a');
  await pass(60);
  await at(0).answer(true);
  previews.end();
  expect(thrown).toEqual(['a@512']);
  wish('a');
  await pass(60);
  expect(asked).toHaveLength(2);
});
