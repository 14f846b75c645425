/** Masks that a person painted: taken in, and put in the place of what the networks found. */
import type { Readable } from 'node:stream';
import { RecipeDocument } from '../../contract/common.ts';
import type { PaintedMask } from '../../contract/versions.ts';
import { GatewayError, notFound } from '../../errors.ts';
import { ownEntry } from '../../events/journal.ts';
import type { Context } from '../../http/call.ts';
import type { Ingested } from '../../processing/shapes.ts';
import { releasing } from '../../store/released.ts';
import { retried } from '../../store/retry.ts';
import type { ImageRow } from '../../store/rows.ts';
import { plainRecipe, withMask, type RecipeSteps } from './mask-recipe.ts';
import { maskToolsOf, type MaskTools } from './mask-tools.ts';
import type { Kept, Versions, VersionsParts } from './service.ts';

/** Of one image that no version needs: a draft has a few, and undoing goes back to some more. */
const MOST_DRAFT_MASKS = 50;

export class Masks {
  readonly #versions: Versions;
  readonly #parts: VersionsParts;

  constructor(versions: Versions, parts: VersionsParts) {
    this.#versions = versions;
    this.#parts = parts;
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
    const tools = await this.#tools(context);
    const recipe = await this.#recipeOf(image, version, tools);
    return this.#taken(context, png, (mask) => {
      const masked = { recipe: withMask(recipe, mask.id, tools) };
      return this.#versions.make(context, image, masked, { preset: '', current: true, blobs: [mask.thumb] });
    });
  }

  /** Keep a mask with the image, so that a recipe that is not saved yet may name it. */
  async add(context: Context, id: string, png: Readable): Promise<PaintedMask> {
    await this.#versions.workable(id, context);
    return this.#taken(context, png, async (mask) => {
      await this.#keep(context, id, mask);
      return { blob: mask.id, width: mask.width, height: mask.height };
    });
  }

  /** What was taken in is let go of again where it cannot be used. */
  async #taken<T>(context: Context, png: Readable, use: (mask: Ingested) => Promise<T>): Promise<T> {
    const mask = await this.#parts.processing.ingest(png, context);
    try {
      if (mask.format !== 'png') throw notPng(mask.format);
      return await use(mask);
    } catch (error) {
      await this.#versions.letGo([mask.id, mask.thumb]).catch(() => undefined);
      throw error;
    }
  }

  #keep(context: Context, id: string, mask: Ingested): Promise<void> {
    return retried(async () => {
      const { store, journal } = this.#parts;
      const image = await this.#versions.image(id, context);
      const { blobs, gone } = withDraftMask(image, mask.id);
      const entry = ownEntry(context, 'image.mask_added', id);
      // Nobody looks at its thumb. Masks that versions need stay for their sake.
      const released = await releasing(store, [mask.thumb, ...gone]);
      await journal.write([{ update: 'images', row: { ...image, blobs } }, ...released], entry);
    });
  }

  async #recipeOf(image: ImageRow, version: string, tools: MaskTools): Promise<RecipeSteps> {
    const id = version === '' ? image.current_version : version;
    if (id === '') return plainRecipe(tools);
    return RecipeDocument.parse((await this.#versions.of(image, id)).recipe);
  }

  async #tools(context: Context): Promise<MaskTools> {
    const { items } = await this.#parts.processing.catalogue('operations', context);
    return maskToolsOf(items);
  }
}

/** Whatever an image holds besides its original and its thumb is a mask of a draft; the newest is the last. */
function withDraftMask({ blob, thumb, blobs }: ImageRow, mask: string) {
  const own = new Set([blob, thumb]);
  const masks = [...blobs.filter((one) => !own.has(one) && one !== mask), ...(own.has(mask) ? [] : [mask])];
  return { blobs: [...own, ...masks.slice(-MOST_DRAFT_MASKS)], gone: masks.slice(0, -MOST_DRAFT_MASKS) };
}

const notPng = (format: string): GatewayError =>
  new GatewayError('unsupported_format', `Expected a mask as PNG, received ${format}`);
