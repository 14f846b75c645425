import { describe, expect, it } from 'vitest';
import { newStep } from '../../../../frontend/src/features/edit/draft.ts';
import { byName, digestOf, isReady, shownSteps, timesOf } from '../../../../frontend/src/features/edit/steps.ts';
import type { Operation, ParamsSchema } from '../../../../frontend/src/lib/data/catalogue.ts';

const operation = (name: string, params: ParamsSchema = {}): Operation => ({
  name,
  version: 1,
  group: 'some',
  summary: '',
  description: '',
  generative: false,
  moves: false,
  params,
});

const painted: ParamsSchema = { properties: { blob: { type: 'string', control: 'mask' } }, required: ['blob'] };
const operations = byName([operation('alpha'), operation('paint', painted)]);
const told = (...steps: (readonly [string, number])[]) => ({
  elapsed_ms: 0,
  width: 1,
  height: 1,
  warnings: [],
  steps: steps.map(([name, elapsed_ms]) => ({ operation: name, elapsed_ms })),
});

describe('what is shown of a draft', () => {
  it('leaves out what is switched off, and what still waits for a value', () => {
    const on = newStep('alpha');
    const draft = { steps: [newStep('paint'), on, newStep('alpha', {}, false)], output: {} };
    expect(shownSteps(draft, operations)).toEqual([on]);
  });

  it('shows a step once it has what it waited for', () => {
    expect(isReady(newStep('paint'), operations)).toBe(false);
    expect(isReady(newStep('paint', { blob: 'b' }), operations)).toBe(true);
  });

  it('leaves steps it does not know to the service', () => {
    expect(isReady(newStep('of tomorrow'), operations)).toBe(true);
  });
});

describe('what steps took', () => {
  const [one, two, three] = [newStep('alpha'), newStep('paint'), newStep('alpha')];

  it('belongs to the step at the same place', () => {
    const times = timesOf(told(['alpha', 5], ['paint', 7], ['alpha', 9]), [one, two, three]);
    expect([...times]).toEqual([
      [one.key, 5],
      [two.key, 7],
      [three.key, 9],
    ]);
  });

  it('skips what did not run', () => {
    expect([...timesOf(told(['alpha', 5], ['alpha', 9]), [one, two, three])]).toEqual([
      [one.key, 5],
      [three.key, 9],
    ]);
  });

  it('says nothing of what was remembered', () => {
    expect([...timesOf(told(['alpha', 0], ['paint', 7]), [one, two])]).toEqual([[two.key, 7]]);
  });
});

describe('the line on a folded step', () => {
  const schema: ParamsSchema = {
    properties: {
      radius_px: { type: 'number', minimum: 0, maximum: 9, default: 1, unit: 'px' },
      kind: { type: 'string', enum: ['soft', 'very-hard'], default: 'soft' },
      expand: { type: 'boolean', default: true },
      blob: { anyOf: [{ type: 'string', control: 'blob' }, { type: 'null' }], default: null },
    },
  };

  it('says what differs from the defaults, with units', () => {
    expect(digestOf(schema, { radius_px: 2.125, kind: 'very-hard', expand: true })).toBe(
      'Radius 2.13 px, Kind very hard',
    );
    expect(digestOf(schema, { expand: false })).toBe('Expand off');
  });

  it('is empty where nothing differs', () => {
    expect(digestOf(schema, {})).toBe('');
    expect(digestOf(schema, { radius_px: 1, kind: 'soft', expand: true, blob: null })).toBe('');
  });

  it('shows no ids', () => {
    expect(digestOf(schema, { blob: 'a'.repeat(64) })).not.toContain('aaa');
  });
});
