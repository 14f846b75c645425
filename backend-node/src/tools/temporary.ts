/** Files of the moment, which only their owner may read: what is made here goes with `await using`. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** In one step: between steps, a write by others would make it begin again. */
const ALL_PAGES = 0x7fff_ffff;

export interface Temporary extends AsyncDisposable {
  readonly path: string;
}

async function temporary(fill: (path: string) => Promise<void>): Promise<Temporary> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-'));
  const drop = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'metadata');
  try {
    await fill(path);
  } catch (error) {
    await drop();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: drop };
}

/** A database as it is at this moment, whoever writes to it. The original is not touched, not even to bring it up to date. */
export const sqliteCopy = (path: string): Promise<Temporary> =>
  temporary(async (copy) => {
    const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    try {
      await backup(db, copy, { rate: ALL_PAGES });
    } finally {
      db.close();
    }
  });

export const spooled = (input: Readable): Promise<Temporary> =>
  temporary((path) => pipeline(input, createWriteStream(path, { mode: 0o600 })));
