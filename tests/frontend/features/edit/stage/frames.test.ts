import { describe, expect, test } from 'vitest';
import { lookedAt, neededPx, savedSize } from '../../../../../frontend/src/features/edit/stage/frames.ts';
import { cutOut, groundParams } from '../../../../../frontend/src/features/edit/stage/ground.ts';
import type { Operation } from '../../../../../frontend/src/lib/data/catalogue.ts';

const come = (width: number, height: number, max_px: number) => ({
  key: '',
  max_px,
  whole: false,
  frame: { width, height, url: '', told: undefined, transparent: false, replied_at: 0 },
});

test('a preview tells how large the saved picture is', () => {
  expect(savedSize(come(512, 384, 512), { width: 4000, height: 3000 })).toEqual({ width: 4000, height: 3000 });
  expect(savedSize(come(256, 256, 512), { width: 4096, height: 3000 })).toEqual({ width: 2048, height: 2048 });
});

test('a picture that is smaller than what was asked for is as large as it is', () => {
  expect(savedSize(come(600, 400, 2048), { width: 600, height: 400 })).toEqual({ width: 600, height: 400 });
});

test('a cut part is asked for larger, so that it is as sharp as the whole', () => {
  expect(neededPx(900, come(512, 384, 512))).toBe(1024);
  expect(neededPx(900, come(256, 192, 512))).toBe(2048);
  expect(neededPx(100, undefined)).toBe(512);
});

test('what decides about bytes only is not rendered for looking', () => {
  const looked = lookedAt({ steps: [], output: { format: 'avif', quality: 40, min_bytes: 900, max_bytes: 1000 } });
  expect(looked.output).toEqual({ format: 'webp', quality: 40, pure_white: false });
});

describe('a ground to look at', () => {
  const operation = (name: string, control?: string): Operation => ({
    name,
    version: 1,
    group: '',
    summary: '',
    description: '',
    generative: false,
    moves: false,
    params: control === undefined ? {} : { control },
  });
  const operations = [operation('first'), operation('second', 'backdrop')];

  test('takes the place of the recipe’s own, and leaves the other steps', () => {
    const steps = [{ operation: 'first' }, { operation: 'second', params: { kind: 'color', color: '#ff0000' } }];
    const cut = cutOut({ steps, output: { format: 'jpeg' } }, operations);
    expect(cut.steps[0]).toEqual({ operation: 'first' });
    expect(cut.steps[1]?.params).toMatchObject({ kind: 'transparent' });
    expect(cut.output).toMatchObject({ format: 'webp' });
  });

  test('can become the recipe’s own', () => {
    expect(groundParams({ kind: 'black' })).toEqual({ kind: 'color', color: '#000000' });
    expect(groundParams({ kind: 'checker' })).toEqual({ kind: 'transparent' });
    expect(groundParams({ kind: 'image', url: '', file: new File([], '') }, 'b1')).toEqual({
      kind: 'image',
      blob: 'b1',
    });
  });
});
