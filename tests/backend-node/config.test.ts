import { describe, expect, test } from 'vitest';
import { exampleEnv, InvalidConfig, loadSettings, VARIABLES } from '../../backend-node/src/config.ts';

describe('settings', () => {
  test('have defaults that work', () => {
    expect(loadSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      registration: 'open',
      access_token_s: 600,
      origins: [],
    });
  });

  test('take an empty variable for its default', () => {
    const empty = Object.fromEntries(Object.values(VARIABLES).map(({ name }) => [name, ' ']));
    expect(loadSettings(empty)).toEqual(loadSettings({}));
  });

  test.each([
    ['VITRINE_GATEWAY_PORT', '70000'],
    ['VITRINE_GATEWAY_PORT', 'http'],
    ['VITRINE_SERVICE_URL', 'localhost:8100'],
    ['VITRINE_SERVICE_URL', 'ftp://127.0.0.1'],
    ['MONGODB_URI', 'postgres://127.0.0.1'],
    ['VITRINE_REGISTRATION', 'perhaps'],
    ['VITRINE_ACCESS_TOKEN_S', '29'],
    ['VITRINE_ACCESS_TOKEN_S', '86400'],
    ['VITRINE_SESSION_DAYS', '0'],
    ['VITRINE_TRASH_DAYS', '-1'],
    ['VITRINE_TRUSTED_PROXIES', 'true'],
    ['VITRINE_LOG_LEVEL', 'loud'],
    ['VITRINE_LOG_FORMAT', 'xml'],
    ['VITRINE_AUTH_SECRET', 'weak'],
    ['VITRINE_SERVICE_SECRET', 'changeme'.repeat(8)],
    ['VITRINE_GATEWAY_ORIGINS', '*'],
    ['VITRINE_GATEWAY_ORIGINS', 'https://shop.example/path'],
    ['VITRINE_GATEWAY_ORIGINS', 'https://*.example'],
    ['VITRINE_GATEWAY_ORIGINS', 'null'],
  ])('refuse %s=%s by name', (name, value) => {
    expect(() => loadSettings({ [name]: value })).toThrow(InvalidConfig);
    expect(() => loadSettings({ [name]: value })).toThrow(name);
  });

  test('name every bad variable at once', () => {
    const bad = { VITRINE_GATEWAY_PORT: 'x', VITRINE_SESSION_DAYS: 'x', VITRINE_REGISTRATION: 'x' };
    for (const name of Object.keys(bad)) expect(() => loadSettings(bad)).toThrow(name);
  });

  test('never repeat a secret that is bad', () => {
    for (const name of ['MONGODB_URI', 'VITRINE_AUTH_SECRET', 'VITRINE_SERVICE_SECRET']) {
      const told = () => loadSettings({ [name]: 'user:hunter2@host' });
      expect(told).toThrow(name);
      expect(told).not.toThrow('hunter2');
    }
  });

  test('take a list of origins', () => {
    const { origins } = loadSettings({ VITRINE_GATEWAY_ORIGINS: 'https://a.example, http://127.0.0.1:5173 ,' });
    expect(origins).toEqual(['https://a.example', 'http://127.0.0.1:5173']);
  });
});

test('the example shows every variable of the gateway, and no secret', () => {
  const example = exampleEnv();
  for (const variable of Object.values(VARIABLES)) {
    if (!('shared' in variable && variable.shared))
      expect(example).toContain(`\n${variable.name}=${variable.fallback}\n`);
  }
  expect(example).toMatch(/\nVITRINE_AUTH_SECRET=\n/);
});
