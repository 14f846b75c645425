/** A studio whose processing service may fetch from one local server; clients that others wrote; and what a picture looks like. */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { photo } from '../../photos.ts';
import { startPyservice } from '../../pyservice.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

const run = promisify(execFile);

export interface Stand {
  readonly studio: Studio;
  readonly anna: Client;
  /** With the scope process. */
  readonly key: string;
  /** Of the local server of pictures. */
  readonly pictures: string;
  /** Addresses that were asked for. */
  readonly asked: readonly string[];
  /** For files of this test. */
  readonly folder: string;
  newKey(...scopes: string[]): Promise<string>;
  /** A photo as a file. */
  file(name: string): string;
  stop(): Promise<void>;
}

export async function openStand(environment: Readonly<Record<string, string>> = {}): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-compat-'));
  const asked: string[] = [];
  const server = await pictureServer(asked);
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  copyFileSync(join(inject('pyservice').data_dir, 'service.secret'), join(folder, 'service.secret'));
  const service = await startPyservice(folder, undefined, { VITRINE_FETCH_ALLOW: place });
  const studio = await startStudio({ service_url: service.url, environment });
  const anna = await studio.signUp('anna');
  const newKey = async (...scopes: string[]): Promise<string> =>
    (await anna.json<{ key: string }>('POST', '/api-keys', { name: 'Client', scopes }, 201)).key;
  return {
    studio,
    anna,
    key: await newKey('process'),
    pictures: `http://${place}`,
    asked,
    folder,
    newKey,
    file: (name) => {
      const path = join(folder, name);
      writeFileSync(path, photo(name));
      return path;
    },
    stop: async () => {
      await studio.stop();
      await service.stop();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function pictureServer(asked: string[]): Promise<Server> {
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    if (req.url === '/coffee.png') res.setHeader('Content-Type', 'image/png').end(photo('coffee.png'));
    else if (req.url === '/page.html') res.setHeader('Content-Type', 'text/html').end('<h1>secret banner</h1>');
    else res.writeHead(404).end('secret banner');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

type Pixel = readonly number[];

export interface Seen {
  readonly format: string;
  readonly mode: string;
  readonly size: readonly [number, number];
  readonly corner: Pixel;
  readonly center: Pixel;
  /** Least and most of the transparency; of a grey picture, of its one channel. */
  readonly alpha: readonly [number, number] | null;
  /** Left, top, right, bottom of what is not wholly transparent (or black). */
  readonly box: readonly [number, number, number, number] | null;
}

const LOOK = `
import io, json, sys
from PIL import Image
picture = Image.open(io.BytesIO(sys.stdin.buffer.read()))
plane = picture.getchannel("A") if "A" in picture.getbands() else picture if picture.mode == "L" else None
at = lambda x, y: list(p) if isinstance(p := picture.getpixel((x, y)), tuple) else [p]
print(json.dumps({
    "format": picture.format, "mode": picture.mode, "size": picture.size,
    "corner": at(0, 0), "center": at(picture.width // 2, picture.height // 2),
    "alpha": plane and plane.getextrema(),
    "box": plane and plane.point(lambda value: 255 if value > 12 else 0).getbbox(),
}))
`;

/** As another program decodes it. */
export function look(bytes: Buffer | Uint8Array): Seen {
  return JSON.parse(execFileSync('.venv/bin/python', ['-c', LOOK], { input: bytes, encoding: 'utf8' })) as Seen;
}

export const lookAt = async (answer: Response): Promise<Seen> => look(Buffer.from(await answer.arrayBuffer()));

/** What a Python script prints, or its failure with what it wrote. */
export async function python(script: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('.venv/bin/python', ['-c', script, ...args]);
  return stdout;
}

/** Undefined where this machine has none. */
export const CURL = ((): string | undefined => {
  try {
    return execFileSync('which', ['curl'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
})();

export async function curl(...args: string[]): Promise<string> {
  const { stdout } = await run(CURL ?? 'curl', args);
  return stdout;
}

/** How many rows there are of what an account keeps. */
export async function kept({ studio }: Stand): Promise<number> {
  const { store } = studio.parts;
  const counts = await Promise.all((['images', 'versions'] as const).map((name) => store.count(name, {})));
  return counts.reduce((sum, count) => sum + count, 0);
}
