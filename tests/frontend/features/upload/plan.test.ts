// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { extrasOf, picksOf } from '../../../../frontend/src/features/upload/picked.ts';
import { planOf } from '../../../../frontend/src/features/upload/plan.ts';

const plan = (...names: string[]) => {
  const files = names.map((name) => new File(['1234'], name));
  return planOf(picksOf(files), extrasOf(files));
};

describe('planOf', () => {
  it('sends pictures one by one, with a spreadsheet or without', () => {
    expect(plan('a.jpg', 'b.txt')).toMatchObject({ bytes: 4, needsPreset: false, obstacle: undefined });
    expect(plan('a.jpg', 'b.txt').pictures).toHaveLength(1);
    const { table, archive, needsPreset, obstacle } = plan('a.jpg', 'Values.CSV');
    expect([table?.name, archive, needsPreset, obstacle]).toEqual(['Values.CSV', undefined, true, undefined]);
  });

  it('sends a zip by itself, with a spreadsheet beside it or without', () => {
    expect(plan('a.zip')).toMatchObject({ bytes: 4, needsPreset: true, obstacle: undefined });
    expect(plan('a.zip', 'b.csv').obstacle).toBeUndefined();
  });

  it('says what keeps it from beginning', () => {
    expect(plan('a.txt').obstacle).toBe('nothing');
    expect(plan('a.csv').obstacle).toBe('table-alone');
    expect(plan('a.jpg', 'a.csv', 'b.csv').obstacle).toBe('two-tables');
    expect(plan('a.zip', 'b.zip').obstacle).toBe('two-archives');
    expect(plan('a.zip', 'b.jpg').obstacle).toBe('archive-and-pictures');
  });

  it('sends no zip that is larger than the server takes', () => {
    const extras = extrasOf([new File(['1234'], 'a.zip')]);
    expect(planOf([], extras, 3).obstacle).toBe('archive-too-large');
    expect(planOf([], extras, 4).obstacle).toBeUndefined();
  });
});
