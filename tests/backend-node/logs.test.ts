import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const line = (log_format: string, terminal: boolean): string => {
  const code = `
    process.stdout.isTTY = ${terminal};
    const { createLog } = await import('./backend-node/src/logs.ts');
    createLog({ log_level: 'info', log_format: '${log_format}' }).info({ id: 'a' }, 'added');`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
};

test.each([
  ['auto', true, 'text'],
  ['auto', false, 'json'],
  ['console', false, 'text'],
  ['json', true, 'json'],
])('%s, on a terminal: %s, gives %s', (log_format, terminal, form) => {
  const told = line(log_format, terminal);
  expect(told).toContain('added');
  expect(told.startsWith('{') ? 'json' : 'text').toBe(form);
});
