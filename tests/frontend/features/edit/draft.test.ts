import { describe, expect, it } from 'vitest';
import {
  draftOf,
  newStep,
  opened,
  recipeOf,
  reduce,
  same,
  type Change,
  type History,
} from '../../../../frontend/src/features/edit/draft.ts';

const a = newStep('alpha', { size: 1 });
const b = newStep('beta', {}, false);
const start = opened({ steps: [a, b], output: { format: 'jpeg' } });

const after = (...changes: Change[]): History => changes.reduce(reduce, start);
const size = (value: number, how: 'live' | 'final'): Change => ({
  type: 'params',
  key: a.key,
  params: { size: value },
  how,
});
const undo: Change = { type: 'undo' };
const redo: Change = { type: 'redo' };

const everyKind: Change[] = [
  { type: 'add', step: newStep('gamma', { x: 1 }) },
  { type: 'remove', key: a.key },
  { type: 'move', key: b.key, to: 0 },
  { type: 'switch', key: b.key, enabled: true },
  size(5, 'final'),
  { type: 'replace', key: a.key, operation: 'delta', params: { mask: 'm' }, first: false },
  { type: 'output', output: { format: 'png' }, how: 'final' },
  { type: 'put', draft: draftOf({ steps: [{ operation: 'epsilon' }] }) },
];

describe('a draft', () => {
  it.each(everyKind)('is as it was after undoing: $type', (change) => {
    const changed = after(change);
    expect(same(changed.now, start.now)).toBe(false);
    expect(reduce(changed, undo).now).toBe(start.now);
  });

  it.each(everyKind)('is changed again after redoing: $type', (change) => {
    const changed = after(change);
    expect(reduce(reduce(changed, undo), redo).now).toBe(changed.now);
  });

  it('goes back over all kinds of change, and forth again', () => {
    const there = after(...everyKind);
    const back = everyKind.reduce((history) => reduce(history, undo), there);
    expect(back.now).toBe(start.now);
    expect(back.past).toEqual([]);
    const forth = everyKind.reduce((history) => reduce(history, redo), back);
    expect(forth.now).toBe(there.now);
  });

  it('puts another step in the place of one, or before all of them', () => {
    const other = { type: 'replace', key: b.key, operation: 'delta', params: {} } as const;
    const names = (history: History) => history.now.steps.map(({ operation }) => operation);
    expect(names(after({ ...other, first: false }))).toEqual(['alpha', 'delta']);
    expect(names(after({ ...other, first: true }))).toEqual(['delta', 'alpha']);
  });

  it('undoes 200 changes one by one', () => {
    const sizes = Array.from({ length: 200 }, (_, at) => size(at + 2, 'final'));
    const there = after(...sizes);
    const seen: unknown[] = [];
    let history = there;
    while (history.past.length > 0) {
      history = reduce(history, undo);
      seen.push(history.now.steps[0]?.params['size']);
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, at) => 200 - at));
  });

  it('forgets what could be redone once something else is done', () => {
    const history = after(size(2, 'final'), undo, size(3, 'final'));
    expect(history.future).toEqual([]);
    expect(reduce(history, redo)).toBe(history);
  });

  it('stays where it is when there is nothing to undo or redo', () => {
    expect(reduce(start, undo)).toBe(start);
    expect(reduce(start, redo)).toBe(start);
  });

  it('does not count a change that changes nothing', () => {
    expect(after(size(1, 'final')).past).toEqual([]);
    expect(after({ type: 'move', key: a.key, to: 0 }).past).toEqual([]);
    expect(after({ type: 'remove', key: 'nobody' }).past).toEqual([]);
  });

  it('puts a step where it was dropped', () => {
    expect(after({ type: 'move', key: a.key, to: 1 }).now.steps).toEqual([b, a]);
    expect(after({ type: 'move', key: a.key, to: 9 }).now.steps).toEqual([b, a]);
  });
});

describe('a drag', () => {
  it('is one change, however many values it passes', () => {
    const history = after(size(2, 'live'), size(3, 'live'), size(4, 'live'), size(5, 'final'));
    expect(history.now.steps[0]?.params).toEqual({ size: 5 });
    expect(history.past).toHaveLength(1);
    expect(reduce(history, undo).now).toBe(start.now);
  });

  it('shows every value on its way', () => {
    expect(after(size(2, 'live')).now.steps[0]?.params).toEqual({ size: 2 });
    expect(after(size(2, 'live'), size(3, 'live')).now.steps[0]?.params).toEqual({ size: 3 });
  });

  it('is no change when it ends where it began', () => {
    const history = after(size(2, 'live'), size(1, 'final'));
    expect(history.past).toEqual([]);
    expect(history.now).toBe(start.now);
  });

  it('is apart from the drag before it', () => {
    const history = after(size(2, 'live'), size(3, 'final'), size(4, 'live'), size(5, 'final'));
    expect(reduce(history, undo).now.steps[0]?.params).toEqual({ size: 3 });
  });

  it('is apart from what comes after it, even when its end was never told', () => {
    const history = after(size(2, 'live'), { type: 'switch', key: b.key, enabled: true }, size(3, 'live'));
    expect(reduce(history, undo).now.steps[0]?.params).toEqual({ size: 2 });
    expect(reduce(reduce(history, undo), undo).now.steps[1]?.enabled).toBe(false);
    expect(history.past).toHaveLength(3);
  });

  it('begins anew after an undo', () => {
    const history = after(size(2, 'live'), undo, size(3, 'live'));
    expect(history.past).toHaveLength(1);
    expect(reduce(history, undo).now).toBe(start.now);
  });

  it('that moves nothing at first can still be undone later', () => {
    const history = after(size(1, 'live'), size(2, 'live'), size(3, 'final'));
    expect(reduce(history, undo).now).toBe(start.now);
  });

  it('of another step does not run into this one', () => {
    const other: Change = { type: 'params', key: b.key, params: { size: 9 }, how: 'live' };
    const history = after(size(2, 'live'), other);
    expect(history.past).toHaveLength(2);
    expect(reduce(history, undo).now.steps[0]?.params).toEqual({ size: 2 });
  });
});

describe('a recipe', () => {
  it('comes back from a draft as it went in', () => {
    const recipe = {
      steps: [{ operation: 'alpha', params: { size: 1 }, enabled: false }],
      output: { format: 'png' },
    };
    expect(recipeOf(draftOf(recipe))).toEqual(recipe);
  });

  it('is switched on where it does not say', () => {
    expect(draftOf({ steps: [{ operation: 'alpha' }] }).steps[0]).toMatchObject({ params: {}, enabled: true });
  });

  it('is the same whatever the order of its parameters', () => {
    const one = draftOf({ steps: [{ operation: 'alpha', params: { x: 1, y: 2 } }] });
    const other = draftOf({ steps: [{ operation: 'alpha', params: { y: 2, x: 1 } }] });
    expect(same(one, other)).toBe(true);
  });
});
