/** Styles of the kit are imported part by part: this finds the parts that the app uses, and what these are made of. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const KIT = resolve('frontend/node_modules/@mantine');
const CORE = join(KIT, 'core/esm');
const ALWAYS = ['baseline', 'default-css-variables', 'global'];

const namesIn = (list = ''): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));

/** Names that files below a folder import from the kit. */
function importedBelow(folder: string, endings: RegExp): Set<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => endings.test(name));
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  const lists = texts.flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from ['"]@mantine\/core['"]/g)]);
  return new Set(lists.flatMap(([, list]) => namesIn(list)));
}

/** The file of each name that the kit exports. */
function exported(): Map<string, string> {
  const index = readFileSync(join(CORE, 'index.mjs'), 'utf8');
  const lines = [...index.matchAll(/import \{([^}]*)\} from "(\.[^"]*)"/g)];
  return new Map(lines.flatMap(([, list, path = '']) => namesIn(list).map((name) => [name, join(CORE, path)])));
}

/** The styles of a file and of everything it imports. */
function stylesOf(file: string, seen: Set<string>, styles: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  const [, name] = /([^/]+)\.module\.mjs$/.exec(file) ?? [];
  if (name !== undefined) styles.add(name);
  else
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/from "(\.[^"]*)"/g))
      stylesOf(resolve(dirname(file), path), seen, styles);
}

test('the styles of each part of the kit that is used are there, and no others', () => {
  const names = new Set([
    ...importedBelow('frontend/src', /\.tsx?$/),
    ...importedBelow(join(KIT, 'notifications/esm'), /\.mjs$/),
  ]);
  const files = exported();
  const styles = new Set(ALWAYS);
  const seen = new Set<string>();
  for (const name of names) {
    const file = files.get(name);
    if (file !== undefined) stylesOf(file, seen, styles);
  }
  const imported = readFileSync('frontend/src/ui/kit-styles.ts', 'utf8').matchAll(/styles\/([\w-]+)\.layer\.css/g);
  expect(styles.size).toBeGreaterThan(30);
  expect([...imported].map(([, name]) => name).toSorted()).toEqual([...styles].toSorted());
});
