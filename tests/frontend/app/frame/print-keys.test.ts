// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { grouped, printed } from '../../../../frontend/src/app/frame/print-keys.ts';

describe('the list of shortcuts', () => {
  it('is one group a title, and one line for what several keys do', () => {
    const groups = [
      {
        id: 'a',
        title: 'Pictures',
        keys: [
          { keys: 'ArrowLeft', does: 'Go beside' },
          { keys: 'ArrowRight', does: 'Go beside' },
        ],
      },
      { id: 'b', title: 'Pages', keys: [{ keys: '/', does: 'Search' }] },
      { id: 'c', title: 'Pictures', keys: [{ keys: 'ArrowLeft', does: 'Go beside' }] },
    ];
    expect(grouped(groups)).toEqual([
      { title: 'Pictures', lines: [{ does: 'Go beside', hotkeys: ['ArrowLeft', 'ArrowRight'] }] },
      { title: 'Pages', lines: [{ does: 'Search', hotkeys: ['/'] }] },
    ]);
  });

  it('prints what stands on the keys', () => {
    expect(printed('shift+?')).toEqual(['?']);
    expect(printed('mod+shift+z')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(printed('ArrowLeft')).toEqual(['←']);
  });
});
