/** Spreadsheets and zips, written for the app and read from it: read with Python, which knows nothing of the app. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

const PYTHON = '.venv/bin/python';

/** The bytes of a zip with these files. */
export async function zipOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
  zip.end();
  return buffer(zip.outputStream);
}

/** Its files by path, in the order of their names. */
export function unzipped(bytes: Uint8Array): ReadonlyMap<string, Buffer> {
  const place = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
  try {
    const out = join(place, 'out');
    writeFileSync(join(place, 'it.zip'), bytes);
    execFileSync(PYTHON, ['-m', 'zipfile', '-e', join(place, 'it.zip'), out]);
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
    return new Map(paths.map((path) => [relative(out, path), readFileSync(path)]));
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Rows of a CSV by the names of their columns. */
export function rowsOf(table: Uint8Array): readonly Readonly<Record<string, string>>[] {
  const program =
    'import csv, io, json, sys; text = sys.stdin.buffer.read().decode("utf-8-sig"); ' +
    'print(json.dumps(list(csv.DictReader(io.StringIO(text, newline=""), strict=True))))';
  const told = execFileSync(PYTHON, ['-c', program], { input: table });
  return JSON.parse(told.toString()) as Record<string, string>[];
}
