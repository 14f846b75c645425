import { expect, it } from 'vitest';
import { isOnlyHere } from '../../../../frontend/src/features/shares/only-here.ts';

it.each(['localhost', 'vitrine.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is this computer only', (name) => {
  expect(isOnlyHere(name)).toBe(true);
});

it.each(['vitrine.example', 'localhost.example', '192.168.1.4', '127.0.0.1.example', '[fe80::1]'])(
  '%s is found from elsewhere',
  (name) => {
    expect(isOnlyHere(name)).toBe(false);
  },
);
