import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Notices } from '../../../../frontend/src/app/frame/notice.ts';
import type { Connection } from '../../../../frontend/src/lib/api/connection.ts';
import { External } from '../../../../frontend/src/lib/api/external.ts';

const LONG_MS = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the banner', () => {
  it('says nothing while all is well', () => {
    expect(new Notices(new External<Connection>('good')).get()).toBe('good');
  });

  it('stays for as long as there is no connection, then says that it is back, then goes', () => {
    const source = new External<Connection>('good');
    const notices = new Notices(source);
    source.set('offline');
    vi.advanceTimersByTime(LONG_MS);
    expect(notices.get()).toBe('offline');
    source.set('good');
    expect(notices.get()).toBe('back');
    vi.advanceTimersByTime(LONG_MS);
    expect(notices.get()).toBe('good');
  });

  it('is not taken away by an earlier recovery', () => {
    const source = new External<Connection>('offline');
    const notices = new Notices(source);
    source.set('good');
    source.set('unavailable');
    vi.advanceTimersByTime(LONG_MS);
    expect(notices.get()).toBe('unavailable');
  });
});
