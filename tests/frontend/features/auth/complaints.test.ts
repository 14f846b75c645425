import { describe, expect, it } from 'vitest';
import { complaintsOf } from '../../../../frontend/src/features/auth/complaints.ts';

const fields = (values: Parameters<typeof complaintsOf>[0], isNew: boolean) =>
  complaintsOf(values, isNew).map(({ at }) => at);

describe('what is looked at before signing in or up', () => {
  it('names each field that was left empty', () => {
    expect(fields({ name: ' ', email: '', password: '' }, true)).toEqual(['name', 'email', 'password']);
  });

  it('wants an address with an @', () => {
    expect(fields({ email: 'ada', password: 'x' }, false)).toEqual(['email']);
  });

  it('wants ten characters of a new password, but not of an old one', () => {
    const values = { email: 'ada@example.com', password: 'short' };
    expect(fields(values, true)).toEqual(['password']);
    expect(fields(values, false)).toEqual([]);
  });
});
