/** Files of blobs that were read whole and found to have the bytes their name promises. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Transform, type Readable } from 'node:stream';
import { GatewayError } from '../errors.ts';

const MOST_KNOWN = 100_000;
const CHUNK_BYTES = 1 << 20;

export class SoundFiles {
  readonly #known = new Map<string, string>();

  /**
   * Reads it whole the first time, and again when it changed on the disk. Rejects with corrupt_blob where the bytes are
   * others, and with the system's error where there is no file.
   */
  async check(path: string, blob: string): Promise<void> {
    const { ino, size, mtimeMs } = await stat(path);
    const state = `${ino} ${size} ${mtimeMs}`;
    if (this.#known.get(blob) === state) return;
    if ((await sha256Of(path)) !== blob) throw alteredBlob();
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(blob, state);
  }
}

/**
 * The blob's whole bytes, passed on as they come, but for the last piece: that is held back until all are known to be what
 * the name promises. Others end in corrupt_blob, cut off.
 */
export function unaltered(blob: string, source: Readable): Readable {
  const digest = createHash('sha256');
  let held: Buffer | undefined;
  const checked = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk);
      const ready = held;
      held = chunk;
      done(null, ready);
    },
    flush(done) {
      if (digest.digest('hex') === blob) done(null, held);
      else done(alteredBlob());
    },
  });
  // Whoever reads hears of a failure; nobody else needs to.
  pipeline(source, checked, () => undefined);
  return checked;
}

async function sha256Of(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

const alteredBlob = (): GatewayError =>
  new GatewayError('corrupt_blob', 'Expected the stored file of this picture unaltered, its bytes are others');
