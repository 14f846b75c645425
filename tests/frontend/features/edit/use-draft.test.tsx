// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDraft } from '../../../../frontend/src/features/edit/draft-store.ts';
import { draftOf, newStep } from '../../../../frontend/src/features/edit/draft.ts';
import { useDraft, type Base } from '../../../../frontend/src/features/edit/use-draft.ts';

const OF = { user: 'U1', image: 'I1', name: 'cup.jpg' };
const START: Base = { version: 'V1', draft: draftOf({ steps: [{ operation: 'alpha' }] }) };

/** As the page does: within a router. */
function open(start: Base = START) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <RouterProvider router={createMemoryRouter([{ path: '*', element: children }])} />
  );
  return renderHook(() => useDraft(OF, start), { wrapper });
}

const addStep = { type: 'add', step: newStep('beta', { size: 2 }) } as const;
const stored = () => readDraft(OF.user, OF.image);

describe('a draft', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  it('is kept in the browser soon after a change, with the version it began from', async () => {
    const { result } = open();
    act(() => result.current.change(addStep));
    await vi.waitFor(() => expect(stored()?.draft.steps.map(({ operation }) => operation)).toEqual(['alpha', 'beta']));
    expect(stored()?.base).toBe('V1');
    expect(result.current.isChanged).toBe(true);
  });

  it('is kept at once when the page goes', () => {
    const { result } = open();
    act(() => result.current.change(addStep));
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(stored()?.draft.steps).toHaveLength(2);
  });

  it('is there when the page is opened again, and says so', () => {
    const first = open();
    act(() => first.result.current.change(addStep));
    first.unmount();
    const { result } = open();
    expect(result.current.found?.draft.steps).toHaveLength(2);
    expect(result.current.history.now.steps).toHaveLength(2);
    act(() => result.current.answerFound());
    expect(result.current.found).toBeUndefined();
  });

  it('is gone when nothing differs any more', () => {
    const first = open();
    act(() => first.result.current.change(addStep));
    act(() => first.result.current.change({ type: 'undo' }));
    first.unmount();
    expect(stored()).toBeUndefined();
    expect(open().result.current.found).toBeUndefined();
  });

  it('is gone once it was saved, and can still be undone', () => {
    const { result, unmount } = open();
    act(() => result.current.change(addStep));
    act(() => result.current.rebase({ version: 'V2', draft: result.current.history.now }));
    expect(result.current.isChanged).toBe(false);
    act(() => result.current.change({ type: 'undo' }));
    expect(result.current.isChanged).toBe(true);
    act(() => result.current.change({ type: 'redo' }));
    unmount();
    expect(stored()).toBeUndefined();
  });

  it('of another account or picture is not shown', () => {
    const first = open();
    act(() => first.result.current.change(addStep));
    first.unmount();
    expect(readDraft('U2', OF.image)).toBeUndefined();
    expect(readDraft(OF.user, 'I2')).toBeUndefined();
  });

  it('asks before the page is closed only where the browser cannot keep it', () => {
    const { result } = open();
    const closing = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    act(() => result.current.change(addStep));
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(closing()).toBe(false);
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    act(() => void window.dispatchEvent(new Event('pagehide')));
    expect(result.current.isKept).toBe(false);
    expect(closing()).toBe(true);
  });

  it('that cannot be read is as good as none', () => {
    localStorage.setItem('vitrine.draft.U1.I1', '{"draft": 3');
    expect(open().result.current.history.now).toBe(START.draft);
    localStorage.setItem('vitrine.draft.U1.I1', '{"draft": {"steps": "no"}, "base": ""}');
    expect(stored()).toBeUndefined();
  });
});
