/** Masks that a person painted: taken in, and put in the place of what the networks found. */
import type { Readable } from 'node:stream';
import { RecipeDocument } from '../../contract/common.ts';
import { GatewayError, notFound } from '../../errors.ts';
import type { Context } from '../../http/call.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Ingested } from '../../processing/shapes.ts';
import type { ImageRow } from '../../store/rows.ts';
import { PLAIN, withMask, type RecipeSteps } from './mask-recipe.ts';
import type { Kept, Versions } from './service.ts';

/** Groups of operations that change where things are in the picture. */
const MOVING: ReadonlySet<unknown> = new Set(['orient', 'geometry']);

export class Masks {
  readonly #versions: Versions;
  readonly #processing: Processing;

  constructor(versions: Versions, processing: Processing) {
    this.#versions = versions;
    this.#processing = processing;
  }

  /** The blob of a version's mask. '' is the current version. Rejects with not_found where there is none. */
  async find(image: ImageRow, version: string, frame: 'source' | 'result'): Promise<string> {
    const id = version === '' ? image.current_version : version;
    if (id === '') throw notFound('a version with a mask');
    const row = await this.#versions.of(image, id);
    const blob = frame === 'source' ? row.source_mask_blob : row.mask_blob;
    if (blob === '') throw notFound('a version with a mask');
    return blob;
  }

  /** A new version by the recipe of a version ('': the current one), cut out along the mask. png is read last. */
  async put(context: Context, id: string, version: string, png: Readable): Promise<Kept> {
    const image = await this.#versions.workable(id, context);
    const recipe = await this.#recipeOf(image, version);
    const moves = await this.#movingOperations(context);
    const mask = await this.#processing.ingest(png, context);
    try {
      if (mask.format !== 'png') throw notPng(mask.format);
      const masked = { recipe: withMask(recipe, mask.id, moves) };
      const more = { source_mask: mask.id, blobs: [mask.thumb] };
      return await this.#versions.make(context, image, masked, { preset: '', current: true, ...more });
    } catch (error) {
      await this.#letGo(mask);
      throw error;
    }
  }

  async #recipeOf(image: ImageRow, version: string): Promise<RecipeSteps> {
    const id = version === '' ? image.current_version : version;
    if (id === '') return PLAIN;
    return RecipeDocument.parse((await this.#versions.of(image, id)).recipe);
  }

  async #movingOperations(context: Context): Promise<(operation: string) => boolean> {
    const { items } = await this.#processing.catalogue('operations', context);
    const moving = new Set(items.filter(({ group }) => MOVING.has(group)).map(({ name }) => name));
    return (operation) => moving.has(operation);
  }

  #letGo({ id, thumb }: Ingested): Promise<void> {
    return this.#versions.letGo([id, thumb]).catch(() => undefined);
  }
}

const notPng = (format: string): GatewayError =>
  new GatewayError('unsupported_format', `Expected a mask as PNG, received ${format}`);
