import { expect, it } from 'vitest';
import { isWebAddress } from '../../../../frontend/src/features/profile/web-address.ts';

it.each(['https://shop.example/vitrine', 'http://192.168.0.7:9000/told?by=vitrine', 'https://[::1]:8443/'])(
  '%s is an address',
  (text) => {
    expect(isWebAddress(text)).toBe(true);
  },
);

it.each(['', 'shop.example', '/told', 'ftp://shop.example', 'javascript:alert(1)', 'https://me:secret@shop.example/'])(
  '%j is none',
  (text) => {
    expect(isWebAddress(text)).toBe(false);
  },
);
