/** The body of a request from a foreign client: fields and pictures, in whatever order and of whatever type they come. */
import type { Request } from 'express';
import type { Readable } from 'node:stream';
import { GatewayError } from '../../errors.ts';
import { capped, patiently, tooLarge } from '../../intake/arriving.ts';
import { readMultipart } from '../../intake/multipart.ts';
import type { Asking } from '../../processing/processing.ts';
import type { Ingested } from '../../processing/shapes.ts';

export type Fields = ReadonlyMap<string, string>;

/** A file of a form. name: what it was called. */
export interface Sent {
  readonly picture: Ingested;
  readonly name: string;
}

/** Each name once. Fields that were left empty are not there. */
export interface Form {
  readonly fields: Fields;
  readonly files: ReadonlyMap<string, Sent>;
}

export interface FormWish {
  /** Names under which files are taken; others are refused. */
  readonly files: readonly string[];
  readonly max_bytes: number;
  readonly take: (file: Readable, asking: Asking) => Promise<Ingested>;
}

const MOST_FIELDS = 60;

/** Multipart, urlencoded or JSON. Rejects with invalid_request, unsupported_media_type, and as take does. */
export async function readForm(req: Request, asking: Asking, wish: FormWish): Promise<Form> {
  const type = req.get('Content-Type') ?? '';
  const [media = ''] = type.split(';', 1);
  switch (media.trim().toLowerCase()) {
    case 'multipart/form-data':
      return new Arriving(asking, wish).read(req, type);
    case 'application/x-www-form-urlencoded':
      return fieldsOnly([...new URLSearchParams(await wholeText(req, wish.max_bytes))]);
    case 'application/json':
      return fieldsOnly(entriesOf(await wholeText(req, wish.max_bytes)));
    case '':
      return fieldsOnly([]);
    default:
      throw new GatewayError(
        'unsupported_media_type',
        'Expected multipart/form-data, application/x-www-form-urlencoded or application/json',
      );
  }
}

/** Those of an address: ?model=u2net&url=… */
export const queryFields = (req: Request): Fields =>
  new Map([...new URLSearchParams(req.originalUrl.split('?')[1] ?? '')].filter(([, value]) => value !== ''));

class Arriving {
  readonly #asking: Asking;
  readonly #wish: FormWish;
  readonly #stop = new AbortController();
  readonly #fields = new Map<string, string>();
  readonly #files = new Map<string, Promise<Sent>>();
  #letters = 0;

  constructor(asking: Asking, wish: FormWish) {
    this.#asking = { ...asking, signal: AbortSignal.any([asking.signal, this.#stop.signal]) };
    this.#wish = wish;
  }

  async read(req: Request, type: string): Promise<Form> {
    const heard = {
      field: (name: string, value: string) => this.#add(name, value),
      file: (name: string, file: Readable, field: string) => this.#take(field, name, file),
    };
    const limits = { fields: MOST_FIELDS, fieldSize: mostLetters(this.#wish.max_bytes) };
    try {
      await readMultipart(type, patiently(req), heard, this.#asking.signal, limits);
      const files = await Promise.all([...this.#files].map(async ([name, file]) => [name, await file] as const));
      return { fields: this.#fields, files: new Map(files) };
    } catch (error) {
      this.#stop.abort(error);
      throw error;
    }
  }

  #add(name: string, value: string): void {
    this.#letters += value.length;
    if (this.#letters > mostLetters(this.#wish.max_bytes)) throw tooLarge(this.#wish.max_bytes);
    if (value !== '') this.#fields.set(name, value);
  }

  #take(field: string, name: string, file: Readable): void {
    if (!this.#wish.files.includes(field) || this.#files.has(field)) {
      throw new GatewayError('invalid_request', `Expected one file called ${this.#wish.files.join(' or ')}`);
    }
    const taken = this.#wish.take(capped(file, this.#wish.max_bytes), this.#asking);
    // The rest of the form is not waited for.
    taken.catch((error: unknown) => this.#stop.abort(error));
    this.#files.set(
      field,
      taken.then((picture) => ({ picture, name })),
    );
  }
}

/** Of a picture in base64, and what stands around it. */
const mostLetters = (max_bytes: number): number => Math.ceil((max_bytes * 4) / 3) + 100_000;

/** A field in base64, with or without `data:…;base64,` before it. Throws invalid_request, image_too_large. */
export function bytesOf(text: string, max_bytes: number): Buffer {
  const plain = text.replace(/^data:[\w./+-]*;base64,/, '').replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(plain))
    throw new GatewayError('invalid_request', 'Expected a picture in base64');
  const bytes = Buffer.from(plain, 'base64');
  if (bytes.length > max_bytes) throw tooLarge(max_bytes);
  return bytes;
}

/** Percent signs make it longer. */
async function wholeText(req: Request, max_bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let left = 2 * max_bytes + 100_000;
  for await (const chunk of patiently(req)) {
    left -= chunk.length;
    if (left < 0) throw tooLarge(max_bytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function entriesOf(text: string): [string, string][] {
  const body = parsed(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed();
  return Object.entries(body as Readonly<Record<string, unknown>>)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
        throw new GatewayError('invalid_request', `Expected a text as ${name}`);
      return [name, String(value)];
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed();
  }
}

const malformed = (): GatewayError => new GatewayError('invalid_request', 'Expected a JSON object');

function fieldsOnly(entries: readonly (readonly [string, string])[]): Form {
  if (entries.length > MOST_FIELDS) throw new GatewayError('invalid_request', `Expected at most ${MOST_FIELDS} fields`);
  return { fields: new Map(entries.filter(([, value]) => value !== '')), files: new Map() };
}
