/** How much script comes before the gallery can be used. The app must have been built: `make test` does. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const BUILT = 'frontend/dist';
const MOST_BYTES = 250_000;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

test.skipIf(!existsSync(BUILT))('the first load of the gallery is at most 250 kB of compressed script', () => {
  const manifest = JSON.parse(readFileSync(`${BUILT}/.vite/manifest.json`, 'utf8')) as Manifest;
  const files = withImports(manifest, ['index.html', 'src/app/pages/gallery.tsx']);
  const bytes = [...files].map((file) => gzipSync(readFileSync(`${BUILT}/${file}`)).length);
  expect(files.size).toBeGreaterThan(1);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(MOST_BYTES);
});

function withImports(manifest: Manifest, names: readonly string[], files = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`Expected ${name} in the manifest of the built app`);
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    withImports(manifest, chunk.imports ?? [], files);
  }
  return files;
}
