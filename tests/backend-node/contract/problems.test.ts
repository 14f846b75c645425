import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '../../../backend-node/src/contract/problems.ts';

const read = (files: string[]) => files.map((file) => readFileSync(file, 'utf8')).join('\n');
const gateway = read(globSync('backend-node/src/{errors.ts,app.ts,{events,features,http,processing,store}/**/*.ts}'));
const service = read(globSync('pyservice/**/errors.py'));
const page = readFileSync('docs/reference/errors.md', 'utf8');

describe.each(Object.entries(PROBLEMS))('%s', (code, [status, meaning]) => {
  test('is documented', () => {
    expect(page).toContain(`| \`${code}\` | ${status} | ${meaning.replaceAll('|', '\\|')} |`);
  });

  test('is thrown by the gateway, or by the processing service whose problems it passes on', () => {
    const thrown = gateway.includes(`'${code}'`) || service.includes(`"${code}"`);
    expect(thrown).toBe(true);
  });

  test('is told in a sentence, with a status of an error', () => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  });
});
