import { describe, expect, it } from 'vitest';
import { newStep } from '../../../../frontend/src/features/edit/draft.ts';
import { forOthers } from '../../../../frontend/src/features/edit/for-others.ts';
import { byName } from '../../../../frontend/src/features/edit/steps.ts';
import type { Operation, ParamsSchema } from '../../../../frontend/src/lib/data/catalogue.ts';

const operation = (name: string, params: ParamsSchema, painted_by: string | null = null): Operation => ({
  name,
  version: 1,
  group: 'any',
  summary: '',
  description: '',
  generative: false,
  moves: false,
  params,
  painted_by,
});

const number = { type: 'number', default: 0 };
const catalogue = byName([
  operation('seek', { properties: { model: { default: 'auto' }, grow_px: number, feather_px: number } }, 'paint'),
  operation('paint', { properties: { blob: { control: 'mask' }, grow_px: number, sharp: number }, required: ['blob'] }),
  operation('paint-alone', { properties: { blob: { anyOf: [{ control: 'mask' }, { type: 'null' }] } } }),
  operation('cut', { control: 'box' }),
  operation('straighten', { properties: { corners: { control: 'corners' } } }),
  operation('light', { properties: { amount: number } }),
]);

const light = newStep('light', { amount: 3 });
const paint = newStep('paint', { blob: 'ab12', grow_px: 4, sharp: 1 }, false);
const output = { format: 'png' };

describe('steps for other pictures', () => {
  it('look for the product where a mask was painted, with the parameters both have', () => {
    const { draft } = forOthers({ steps: [light, paint], output }, catalogue);
    const params = { model: 'auto', grow_px: 4, feather_px: 0 };
    expect(draft).toEqual({ steps: [light, { ...paint, operation: 'seek', params }], output });
  });

  it('say that a mask was left behind', () => {
    expect(forOthers({ steps: [light, paint], output }, catalogue).reminders).toEqual(['mask']);
  });

  it('keep a mask that nothing else can find', () => {
    const alone = newStep('paint-alone', { blob: 'ab12' });
    expect(forOthers({ steps: [alone], output }, catalogue)).toEqual({
      draft: { steps: [alone], output },
      reminders: [],
    });
  });

  it('keep steps that this version does not know', () => {
    const unknown = newStep('from-tomorrow', { blob: 'ab12' });
    expect(forOthers({ steps: [unknown], output }, catalogue).draft.steps).toEqual([unknown]);
  });

  it.each([
    ['cut', 'box'],
    ['straighten', 'corners'],
  ])('say that %s does the same to all of them', (name, reminder) => {
    expect(forOthers({ steps: [newStep(name), light], output }, catalogue).reminders).toEqual([reminder]);
  });

  it('say nothing of a crop that is switched off', () => {
    expect(forOthers({ steps: [newStep('cut', {}, false)], output }, catalogue).reminders).toEqual([]);
  });
});
