import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../frontend/src/lib/data/catalogue.ts';

const operations = JSON.parse(
  execFileSync('.venv/bin/vitrine', ['operations', '--json'], { encoding: 'utf8' }),
) as Operation[];
const sources = globSync('frontend/src/**/*.{ts,tsx}').map((path) => [path, readFileSync(path, 'utf8')] as const);

/** Names of one word are words of the language, and kinds of other things too: there it counts what they stand beside. */
const namedIn = (text: string, name: string): boolean => {
  if (name.includes('-')) return text.includes(name);
  const beside = new RegExp(
    `\\b(?:operation|step)s?(?:\\.name|\\.operation)?\\b['"]?\\s*(?:[!=]==?|:)\\s*['"\`]${name}['"\`]`,
  );
  return beside.test(text);
};

describe('the app', () => {
  it.each(operations.map(({ name }) => name))('knows kinds of parameters, and never the operation: %s', (name) => {
    expect(sources.filter(([, text]) => namedIn(text, name)).map(([path]) => path)).toEqual([]);
  });

  it('would be caught naming one', () => {
    expect(namedIn("step.operation === 'blur'", 'blur')).toBe(true);
    expect(namedIn("{ operation: 'blur' }", 'blur')).toBe(true);
    expect(namedIn("apply('remove-background')", 'remove-background')).toBe(true);
    expect(namedIn("ground.kind === 'blur'", 'blur')).toBe(false);
  });
});
