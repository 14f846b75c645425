/** The verbs of pyservice that the gateway uses, and the bytes of blobs. */
import { access, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import { isProblem, notFound } from '../errors.ts';
import { AccountPlaces } from './account-places.ts';
import { Links } from './links.ts';
import { missingBlob } from './missing.ts';
import { Places } from './places.ts';
import { WORK_MS, type Answer, type Heard, type Pyservice, type Wish } from './pyservice.ts';
import { RecentBytes } from './recent-bytes.ts';
import { SoundFiles, unaltered } from './sound.ts';
import { linesOf } from './lines.ts';
import {
  About,
  ArchiveLine,
  Checked,
  ChunkLine,
  Delivered,
  Document,
  Fetched,
  Forgotten,
  Ingested,
  Judged,
  LinkLine,
  Listed,
  Rendered,
  Samples,
  WorklistLine,
} from './shapes.ts';
import type { Sample } from './shapes.ts';

/** A Context is one. */
export interface Asking {
  readonly signal: AbortSignal;
  readonly request: string;
  /** For whom: one account never gets all the places. Nobody's are the gateway's own. */
  readonly who?: { readonly id: string } | undefined;
}

export type Catalogue = 'operations' | 'presets' | 'channels' | 'models';

const MOST_REMEMBERED_BYTES = 64 * 1024 * 1024;
/** pyservice may have been started again with other limits or folders: it is asked again after so long. */
const KNOWN_MS = 10_000;
const ABOUT_MS = 5000;
const LIST_MS = 5000;
const MOST_WAIT_MS = 20_000;
const WORK_OF_ONE_ACCOUNT = 3;
const MOST_UPLOAD_WAIT_MS = 120_000;
const DELIVER_MS = 20_000;
const NDJSON = { 'Content-Type': 'application/x-ndjson' };

/** WebP keeps what is transparent, and a HEIC or TIFF becomes something to look at. */
const DISPLAYED = {
  steps: [{ operation: 'resize', params: { width: 2048, height: 2048, fit: 'inside' } }],
  output: { format: 'webp', quality: 85 },
};

/** What to render: the recipe or the preset, on the blob. */
export interface RenderWish {
  readonly blob: string;
  readonly recipe?: unknown;
  readonly preset?: string;
}

export interface PreviewWish extends RenderWish {
  readonly max_px?: number;
  /** alpha, colors: the transparency of the result as a grey PNG, its colours without it. */
  readonly part?: 'result' | 'alpha' | 'colors' | 'source_mask';
}

/** One picture of a batch. key: how it is called in the answer. */
export interface ChunkWish extends RenderWish {
  readonly key: string;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly channels?: readonly string[];
  /** -10 to 10: of those that wait, higher ones go first. */
  readonly priority?: number;
}

/** What a batch does with every picture. */
export interface BatchAsked {
  readonly recipe?: unknown;
  readonly preset?: string;
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly channels?: readonly string[];
}

export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Known {
  readonly facts: About;
  readonly folder: string | undefined;
}

export class Processing {
  readonly #service: Pyservice;
  readonly #links: Links;
  readonly #sound = new SoundFiles();
  readonly #recent = new RecentBytes(MOST_REMEMBERED_BYTES);
  readonly #uploads = new Places(1, MOST_UPLOAD_WAIT_MS);
  readonly #work = new Places(1, MOST_WAIT_MS);
  readonly #accounts = new AccountPlaces(WORK_OF_ONE_ACCOUNT, MOST_WAIT_MS);
  #about: Promise<Known> | undefined;
  #askedAt = 0;
  #told: About | undefined;

  constructor(service: Pyservice) {
    this.#service = service;
    this.#links = new Links(service);
  }

  /** Whether calls are refused for now, because the last ones failed. */
  get refusing(): boolean {
    return this.#service.refusing;
  }

  /** heard is called after each call of pyservice. Returns how to stop. */
  listen(heard: (heard: Heard) => void): () => void {
    return this.#service.listen(heard);
  }

  /** Limits and places of pyservice. Rejects with processing_unavailable while it was never up. */
  async about(): Promise<About> {
    return (await this.#known()).facts;
  }

  /** The same without waiting: what was told last, undefined where nothing was yet. */
  get told(): About | undefined {
    void this.#known().catch(() => undefined);
    return this.#told;
  }

  /** Room on the disk where blobs lie, as it is now; null where that is no disk. */
  async disk({ signal }: Asking): Promise<About['disk']> {
    return (await this.#ask(signal)).facts.disk;
  }

  /**
   * Stream a picture in. Waits for a place first, so that pyservice is never asked for more than it takes; the stream is
   * not read until then. Rejects with image_too_large, unsupported_format, broken_image, decode_limit, storage_full,
   * too_busy, upload_stalled, or the stream's own error. The stream is never destroyed: refused early, it is left paused.
   */
  async ingest(stream: Readable, asking: Asking): Promise<Ingested> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    const wish = { ...asking, method: 'POST', path: '/blobs', stream, headers, timeout_ms: WORK_MS } as const;
    return this.#placed(this.#uploads, asking, () => this.#service.json(wish, Ingested));
  }

  /** Photos to try the studio with. */
  async samples(asking: Asking): Promise<readonly Sample[]> {
    const wish = { ...asking, method: 'GET', path: '/samples', timeout_ms: LIST_MS } as const;
    return (await this.#service.json(wish, Samples)).items;
  }

  /** Take one of them in. Rejects as ingest does. */
  sample(name: string, asking: Asking): Promise<Ingested> {
    const path = `/samples/${encodeURIComponent(name)}`;
    const wish = { ...asking, method: 'POST', path, timeout_ms: WORK_MS } as const;
    return this.#placed(this.#uploads, asking, () => this.#service.json(wish, Ingested));
  }

  /** Run a recipe or preset and keep the result. */
  render(wish: RenderWish, asking: Asking): Promise<Rendered> {
    return namingMissing(wish, this.#worked('/render', wish, asking, Rendered));
  }

  /** A stored picture as every browser shows it, at most 2048 px wide and high. Made once: pyservice remembers it. */
  async displayed(blob: string, asking: Asking): Promise<{ readonly blob: string; readonly mime: string }> {
    return this.render({ blob, recipe: DISPLAYED }, asking);
  }

  /** The picture a recipe makes, or the mask it begins with, at most max_px wide or high; nothing is kept. */
  preview(wish: PreviewWish, asking: Asking): Promise<Answer> {
    const work = workOf('/render', { ...wish, store: false }, asking);
    const answer = this.#working(asking, () => this.#service.send(work));
    return namingMissing(wish, answer);
  }

  inspect(blob: string, asking: Asking): Promise<z.infer<typeof Document>> {
    return namingMissing({ blob }, this.#worked('/inspect', { blob }, asking, Document));
  }

  /** recipe: checks what it makes of the blob. fix: mends what can be mended, by a longer recipe. */
  check(
    wish: { readonly blob: string; readonly channel: string; readonly fix?: boolean; readonly recipe?: unknown },
    asking: Asking,
  ): Promise<Checked> {
    return this.#worked('/check', wish, asking, Checked);
  }

  /** The recipe, of the present versions and with every default written out. Rejects with invalid_recipe. */
  async judge(recipe: unknown, asking: Asking): Promise<Judged['recipe']> {
    const wish = { ...asking, method: 'POST', path: '/recipes/judge', json: { recipe } } as const;
    return (await this.#service.json(wish, Judged)).recipe;
  }

  /** The same for all that a batch is asked to do. Rejects with invalid_recipe, and not_found for a preset or a channel. */
  async expectSound(wish: BatchAsked, asking: Asking): Promise<void> {
    await this.#service.json({ ...asking, method: 'POST', path: '/recipes/judge', json: wish } as const, Judged);
  }

  /** The recipe that a preset comes to for a picture: some look at it first. Rejects with not_found for an unknown preset. */
  async recipeFor(blob: string, preset: string, asking: Asking): Promise<Judged['recipe']> {
    return (await this.#worked('/recipes/choose', { blob, preset }, asking, Judged)).recipe;
  }

  /**
   * Pictures of a batch, told as each is done, in any order. Rejects with too_busy, cluster_unavailable,
   * processing_unavailable; then those not told of may have been done or not.
   */
  chunk(items: readonly ChunkWish[], asking: Asking): AsyncGenerator<ChunkLine> {
    const bytes = items.map((item) => `${JSON.stringify(item)}\n`).join('');
    return this.#lines({ path: '/chunks', bytes, headers: NDJSON }, asking, ChunkLine);
  }

  /** Which of the pictures called so gets which row of the table, and what its results are called. Rejects with invalid_table. */
  worklist(names: readonly string[], table: Buffer | undefined, asking: Asking): AsyncGenerator<WorklistLine> {
    const json = { names, ...(table && { table: table.toString('base64') }) };
    return this.#lines({ path: '/worklists', json }, asking, WorklistLine);
  }

  /** The rows of a table of addresses. Rejects with invalid_table. */
  linkTable(table: Buffer, asking: Asking): AsyncGenerator<LinkLine> {
    return this.#lines(
      { path: '/link-tables', bytes: table, headers: { 'Content-Type': 'text/csv' } },
      asking,
      LinkLine,
    );
  }

  /** The pictures in a zip, each as it is taken in. Rejects with broken_archive, image_too_large, storage_full, upload_stalled. */
  archive(stream: Readable, asking: Asking): AsyncGenerator<ArchiveLine> {
    const headers = { 'Content-Type': 'application/zip' };
    return this.#lines({ path: '/archives', stream, headers }, asking, ArchiveLine);
  }

  /** A picture from outside. Rejects with blocked_address, fetch_failed, and as ingest does. */
  fetch(url: string, asking: Asking): Promise<Fetched> {
    return this.#service.json(workOf('/fetch', { url }, asking), Fetched);
  }

  /** Posts a text to an address outside; its status, whatever it is. Rejects with blocked_address, fetch_failed. */
  deliver(letter: Letter, asking: Asking): Promise<Delivered> {
    const { signal, request } = asking;
    return this.#service.json(
      { signal, request, method: 'POST', path: '/deliver', json: letter, timeout_ms: DELIVER_MS, once: true },
      Delivered,
    );
  }

  /** {"items": […]} as pyservice tells it. */
  catalogue(name: Catalogue, asking: Asking): Promise<Listed> {
    return this.#service.json({ ...asking, method: 'GET', path: `/${name}`, timeout_ms: LIST_MS }, Listed);
  }

  /** Remove a blob that nobody wrote or touched since; the ids it leaves behind. Rejects with not_found, precondition_failed. */
  async forget(blob: string, unmodifiedSince: Date, asking: Asking): Promise<readonly string[]> {
    const headers = { 'If-Unmodified-Since': unmodifiedSince.toUTCString() };
    const wish = { ...asking, method: 'DELETE', path: `/blobs/${blob}`, headers } as const;
    return (await this.#service.json(wish, Forgotten)).derived;
  }

  /**
   * Where the blob lies on this machine, as [folder, path below it]; undefined where only pyservice can reach it. Rejects
   * with not_found, and with corrupt_blob where its bytes were altered.
   */
  async fileOf(blob: string): Promise<readonly [string, string] | undefined> {
    if (!/^[0-9a-f]{64}$/.test(blob)) throw notFound('a stored file');
    const { folder } = await this.#known();
    if (folder === undefined) return undefined;
    const path = `${blob.slice(0, 2)}/${blob.slice(2, 4)}/${blob}`;
    await this.#sound.check(join(folder, path), blob).catch((error: unknown) => {
      throw isMissing(error) ? notFound('a stored file') : error;
    });
    return [folder, path];
  }

  /** The blob from its store away from here, or through pyservice. headers: Range and If-Range are passed on. */
  async blob(blob: string, headers: Readonly<Record<string, string>>, asking: Asking): Promise<Answer> {
    const answer = await this.#links.read(blob, headers, asking);
    return answer ?? this.#service.send({ ...asking, method: 'GET', path: `/blobs/${blob}`, headers });
  }

  /** A blob's stream from the disk or its store, whole. Rejects with not_found; ends in corrupt_blob. */
  async open(blob: string, asking: Asking): Promise<Readable> {
    const place = await this.fileOf(blob);
    if (!place) return unaltered(blob, (await this.blob(blob, {}, asking)).body);
    const file = await open(join(...place));
    return file.createReadStream();
  }

  /** All bytes of a small blob, a thumb; from memory where it was asked for lately. Rejects with corrupt_blob. */
  async small(blob: string, asking: Asking): Promise<Buffer> {
    const known = this.#recent.get(blob);
    if (known) return known;
    const bytes = await this.#whole(blob, asking).catch((error: unknown) => {
      throw isProblem(error, 'not_found') || isMissing(error) ? missingBlob(error) : error;
    });
    this.#recent.add(blob, bytes);
    return bytes;
  }

  async #whole(blob: string, asking: Asking): Promise<Buffer> {
    const place = await this.fileOf(blob);
    if (place) return readFile(join(...place));
    return buffer(unaltered(blob, (await this.blob(blob, {}, asking)).body));
  }

  /** Rejects with processing_unavailable, also where it says that it cannot work, or does not know our key. */
  async ready(signal: AbortSignal): Promise<void> {
    const answer = await this.#service.send({ method: 'GET', path: '/readyz', signal, once: true, timeout_ms: 3000 });
    await answer.body.dump();
    await this.#ask(signal);
  }

  async *#lines<T extends z.ZodType>(
    wish: Pick<Wish, 'path' | 'json' | 'bytes' | 'stream' | 'headers'>,
    { signal, request }: Asking,
    shape: T,
  ): AsyncGenerator<z.output<T>> {
    const answer = await this.#service.send({ ...wish, method: 'POST', signal, request, timeout_ms: WORK_MS });
    yield* linesOf(answer, shape, signal);
  }

  async #placed<T>(places: Places, asking: Asking, work: () => Promise<T>): Promise<T> {
    await this.#known();
    const leave = await places.take(asking.signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }

  #working<T>(asking: Asking, work: () => Promise<T>): Promise<T> {
    const placed = (): Promise<T> => this.#placed(this.#work, asking, work);
    if (!asking.who) return placed();
    return this.#accounts.during(asking.who.id, (own) => this.#placed(own, asking, placed));
  }

  #worked<T extends z.ZodType>(path: string, json: unknown, asking: Asking, shape: T): Promise<z.output<T>> {
    return this.#working(asking, () => this.#service.json(workOf(path, json, asking), shape));
  }

  /** What was told last. Asked again now and then; who comes meanwhile, or while pyservice is away, gets the old answer. */
  #known(): Promise<Known> {
    const asked = this.#about;
    if (asked && Date.now() - this.#askedAt < KNOWN_MS) return asked;
    this.#askedAt = Date.now();
    const asking = this.#ask();
    if (!asked) {
      this.#about = asking;
      asking.catch(() => (this.#about = undefined));
      return asking;
    }
    asking.then(
      () => (this.#about = asking),
      () => undefined,
    );
    return asked;
  }

  async #ask(signal?: AbortSignal): Promise<Known> {
    const wish = { method: 'GET', path: '/about', timeout_ms: ABOUT_MS, ...(signal && { signal }) } as const;
    const facts = await this.#service.json(wish, About);
    this.#told = facts;
    const folder = facts.blob_dir !== null && (await readable(facts.blob_dir)) ? facts.blob_dir : undefined;
    // Together as many as pyservice lets in: nobody else asks it, so nobody is refused there.
    const half = Math.floor(facts.queue / 2);
    this.#uploads.resize(facts.concurrency + half);
    this.#work.resize(Math.max(1, facts.queue - half));
    return { facts, folder };
  }
}

/** Nothing else than a blob was named, and rows say that all of them are there: not found is not the caller's mistake. */
function namingMissing<T>(wish: RenderWish, asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw wish.preset === undefined && isProblem(error, 'not_found') ? missingBlob(error) : error;
  });
}

const workOf = (path: string, json: unknown, { signal, request }: Asking): Wish => ({
  signal,
  request,
  method: 'POST',
  path,
  json,
  timeout_ms: WORK_MS,
});

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const readable = (folder: string): Promise<boolean> =>
  access(folder).then(
    () => true,
    () => false,
  );
