import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sentenceOf, targetOf } from '../../../../frontend/src/features/admin/sentence.ts';
import { words } from '../../../../frontend/src/features/admin/words.ts';

const NAMES = new Map([['01AAA', 'Ada']]);
const GATEWAY = new URL('../../../../backend-node/src/features', import.meta.url).pathname;

const ACTIONS = /'((?:account|session|api_key|image|version|album|recipe|share)\.[a-z_]+)'/g;

const journalled = new Set(
  globSync(`${GATEWAY}/**/*.ts`).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(ACTIONS)].map(([, action = '']) => action),
  ),
);

describe('entries of the log', () => {
  it('have words for each action the gateway writes down', () => {
    expect(journalled.size).toBeGreaterThan(20);
    expect([...journalled].filter((action) => !Object.hasOwn(words.actions, action))).toEqual([]);
  });

  it('stay readable for an action without words', () => {
    expect(sentenceOf('batch.cancelled')).toBe('batch cancelled');
  });

  it('name people, count things, and show no whole id', () => {
    const entry = { action: 'image.trashed', target: '', details: {} };
    expect(targetOf({ ...entry, target: '01AAA' }, NAMES)).toBe('Ada');
    expect(targetOf({ ...entry, details: { ids: ['1', '2'] } }, NAMES)).toBe('2 things');
    expect(targetOf({ ...entry, target: '01JZZZZZZZZZABCDEF' }, NAMES)).toBe('image …ABCDEF');
  });
});
