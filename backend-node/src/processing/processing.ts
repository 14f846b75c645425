/** The verbs of pyservice that the gateway uses, and the bytes of blobs. */
import { access, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Places } from './places.ts';
import { WORK_MS, type Answer, type Pyservice } from './pyservice.ts';
import { About, Document, Forgotten, Ingested, Rendered } from './shapes.ts';

export interface Asking {
  readonly signal: AbortSignal;
  readonly request: string;
}

const CATALOGUES = ['operations', 'presets', 'channels', 'models'] as const;
export type Catalogue = (typeof CATALOGUES)[number];

export class Processing {
  readonly #service: Pyservice;
  #about: Promise<{ readonly facts: About; readonly uploads: Places; readonly folder: string | undefined }> | undefined;

  constructor(service: Pyservice) {
    this.#service = service;
  }

  /** Limits and places of pyservice, asked once. Rejects with processing_unavailable while it was never up. */
  async about(): Promise<About> {
    return (await this.#known()).facts;
  }

  /**
   * Stream a picture in. Waits for a place first, so that pyservice is never asked for more than it takes; the stream is
   * not read until then. Rejects with image_too_large, unsupported_format, broken_image, decode_limit, storage_full.
   */
  async ingest(stream: Readable, asking: Asking): Promise<Ingested> {
    const leave = await (await this.#known()).uploads.take(asking.signal);
    try {
      const headers = { 'Content-Type': 'application/octet-stream' };
      return await this.#service.json(
        { method: 'POST', path: '/blobs', stream, headers, timeout_ms: WORK_MS, ...asking },
        Ingested,
      );
    } finally {
      leave();
    }
  }

  /** Run a recipe or preset and keep the result. */
  render(wish: { blob: string; recipe?: unknown; preset?: string }, asking: Asking): Promise<Rendered> {
    return this.#service.json({ method: 'POST', path: '/render', json: wish, timeout_ms: WORK_MS, ...asking }, Rendered);
  }

  /** The picture a recipe makes, at most max_px wide or high; nothing is kept. */
  preview(wish: { blob: string; recipe: unknown; max_px?: number }, asking: Asking): Promise<Answer> {
    const json = { ...wish, store: false };
    return this.#service.send({ method: 'POST', path: '/render', json, timeout_ms: WORK_MS, ...asking });
  }

  inspect(blob: string, asking: Asking): Promise<z.infer<typeof Document>> {
    return this.#service.json({ method: 'POST', path: '/inspect', json: { blob }, timeout_ms: WORK_MS, ...asking }, Document);
  }

  check(
    wish: { blob: string; channel: string; fix?: boolean; recipe?: unknown },
    asking: Asking,
  ): Promise<z.infer<typeof Document>> {
    return this.#service.json({ method: 'POST', path: '/check', json: wish, timeout_ms: WORK_MS, ...asking }, Document);
  }

  /** {"items": […]} as pyservice tells it. */
  catalogue(name: Catalogue, asking: Asking): Promise<z.infer<typeof Document>> {
    return this.#service.json({ method: 'GET', path: `/${name}`, ...asking }, Document);
  }

  /** Remove a blob that nobody wrote or touched since; the ids it leaves behind. Rejects with not_found, precondition_failed. */
  async forget(blob: string, unmodifiedSince: Date, asking: Asking): Promise<readonly string[]> {
    const headers = { 'If-Unmodified-Since': unmodifiedSince.toUTCString() };
    const wish = { method: 'DELETE', path: `/blobs/${blob}`, headers, ...asking } as const;
    return (await this.#service.json(wish, Forgotten)).derived;
  }

  /** Where the blob lies on this machine, as [folder, path below it]; undefined where only pyservice can reach it. */
  async fileOf(blob: string): Promise<readonly [string, string] | undefined> {
    const { folder } = await this.#known();
    return folder === undefined ? undefined : [folder, `${blob.slice(0, 2)}/${blob.slice(2, 4)}/${blob}`];
  }

  /** The blob through pyservice. headers: Range and If-Range are passed on. */
  blob(blob: string, headers: Readonly<Record<string, string>>, asking: Asking): Promise<Answer> {
    return this.#service.send({ method: 'GET', path: `/blobs/${blob}`, headers, ...asking });
  }

  /** A blob's stream from the disk or through pyservice, whole. Rejects with not_found. */
  async open(blob: string, asking: Asking): Promise<Readable> {
    const place = await this.fileOf(blob);
    if (!place) return (await this.blob(blob, {}, asking)).body;
    const file: FileHandle = await open(join(...place));
    return file.createReadStream();
  }

  /** Rejects with processing_unavailable, or where it says that it cannot work. */
  async ready(signal: AbortSignal): Promise<void> {
    const answer = await this.#service.send({ method: 'GET', path: '/readyz', signal, once: true, timeout_ms: 3000 });
    await answer.body.dump();
  }

  #known() {
    this.#about ??= this.#ask().catch((error: unknown) => {
      this.#about = undefined;
      throw error;
    });
    return this.#about;
  }

  async #ask() {
    const facts = await this.#service.json({ method: 'GET', path: '/about' }, About);
    const folder = facts.blob_dir !== null && (await readable(facts.blob_dir)) ? facts.blob_dir : undefined;
    return { facts, uploads: new Places(facts.concurrency + Math.floor(facts.queue / 2)), folder };
  }
}

const readable = (folder: string): Promise<boolean> => access(folder).then(() => true, () => false);
