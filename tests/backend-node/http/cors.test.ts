import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStudio, type Client, type Studio } from '../studio.ts';

const FRIEND = 'https://shop.example';
let studio: Studio;
let person: Client;

beforeAll(async () => {
  studio = await startStudio({ environment: { VITRINE_GATEWAY_ORIGINS: FRIEND } });
  person = await studio.signUp('person');
});
afterAll(() => studio.stop());

const allowed = (answer: Response) => answer.headers.get('Access-Control-Allow-Origin');
const preflight = (Origin: string) =>
  studio.stranger.call('/me', {
    method: 'OPTIONS',
    headers: { Origin, 'Access-Control-Request-Method': 'PATCH', 'Access-Control-Request-Headers': 'authorization' },
  });

describe('D11 origins', () => {
  test.each([
    'http://evil.example',
    'null',
    'https://shop.example.evil.example',
    'http://shop.example',
    'https://SHOP.example',
    '*',
  ])('%s gets no permission', async (Origin) => {
    const answer = await person.call('/me', { headers: { Origin } });
    expect([answer.status, allowed(answer)]).toEqual([200, null]);
    const asked = await preflight(Origin);
    expect([asked.status, allowed(asked)]).toEqual([405, null]);
  });

  test('one of the settings may call, without cookies', async () => {
    const answer = await person.call('/me', { headers: { Origin: FRIEND } });
    expect(allowed(answer)).toBe(FRIEND);
    expect(answer.headers.get('Vary')).toContain('Origin');
    expect(answer.headers.get('Access-Control-Expose-Headers')).toContain('ETag');
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    const asked = await preflight(FRIEND);
    expect([asked.status, allowed(asked)]).toEqual([204, FRIEND]);
    expect(asked.headers.get('Access-Control-Allow-Methods')).toContain('PATCH');
    expect(asked.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
  });

  test('one of the settings sees problems too', async () => {
    const answer = await studio.stranger.call('/me', { headers: { Origin: FRIEND } });
    expect([answer.status, allowed(answer)]).toEqual([401, FRIEND]);
  });
});
