/** A picture that is sent or fetched, kept in the gallery, and made better. */
import type { Request } from 'express';
import { EnhanceFields, type Enhanced } from '../../contract/compat.ts';
import type { RecipeWish } from '../../contract/recipe-wish.ts';
import type { Version } from '../../contract/versions.ts';
import { GatewayError } from '../../errors.ts';
import type { Context } from '../../http/call.ts';
import { keptName } from '../../http/file-names.ts';
import type { IntakeParts } from '../../intake/parts.ts';
import { keepTaken } from '../../intake/take-in.ts';
import type { Ingested } from '../../processing/shapes.ts';
import { enhanced, isPlain } from './doing.ts';
import type { Pictures } from './pictures.ts';

export interface EnhanceParts extends IntakeParts {
  /** Renders an image and keeps the result, which becomes the current one. */
  readonly createVersion: (context: Context, image: string, wish: RecipeWish) => Promise<Version>;
}

type Wish = EnhanceFields;

export class Enhancing {
  readonly #parts: EnhanceParts;
  readonly #pictures: Pictures;

  constructor(parts: EnhanceParts, pictures: Pictures) {
    this.#parts = parts;
    this.#pictures = pictures;
  }

  /** Rejects as fetch, keepTaken and createVersion do. */
  async fromUrl(context: Context, req: Request, { url, ...wish }: Wish & { readonly url: string }): Promise<Enhanced> {
    expectBothScopes(context);
    return this.#pictures.inTurn(req, context.who, async (asking) => {
      const taken = await this.#pictures.borrowed.fromUrl(url, asking);
      return this.#enhance(context, taken, taken.fetched.name, wish);
    });
  }

  async fromForm(context: Context, req: Request): Promise<Enhanced> {
    expectBothScopes(context);
    return this.#pictures.inTurn(req, context.who, async (asking) => {
      const { fields, files } = await this.#pictures.form(req, asking, ['file']);
      const file = files.get('file');
      if (!file) throw new GatewayError('invalid_request', 'Expected a picture with a name as file in the form');
      return this.#enhance(context, file.picture, file.name, wishOf(fields));
    });
  }

  async #enhance(context: Context, taken: Ingested, name: string, wish: Wish): Promise<Enhanced> {
    const fields = { sku: wish.sku_id, product_group: wish.product_group_id };
    const item = await keepTaken(this.#parts, context, { name: keptName(name), fields }, taken);
    if (!item.image) throw new Error('a picture that was kept without an image');
    const { id } = item.image;
    const version = await this.#parts.createVersion(context, id, await this.#rendering(context, taken.id, wish));
    return { ...told(version), duplicate: item.status === 'duplicate', mode: wish.mode };
  }

  async #rendering(context: Context, blob: string, wish: Wish): Promise<RecipeWish> {
    if (isPlain(wish)) return { preset: wish.mode };
    return { recipe: enhanced(await this.#parts.processing.recipeFor(blob, wish.mode, context), wish) };
  }
}

function expectBothScopes({ who }: Context): void {
  if (who.scopes.has('process')) return;
  throw new GatewayError('forbidden', 'Expected a key with the scopes images:write and process, received one without');
}

function wishOf(fields: ReadonlyMap<string, string>): Wish {
  const parsed = EnhanceFields.safeParse(Object.fromEntries(fields));
  if (parsed.success) return parsed.data;
  const told = parsed.error.issues.slice(0, 5).map(({ path, message }) => [...path.map(String), message].join(': '));
  throw new GatewayError('invalid_request', `In the fields of the form: ${told.join('; ').slice(0, 500)}`);
}

function told({ id, image, quality_after, ...version }: Version): Omit<Enhanced, 'duplicate' | 'mode'> {
  const { width, height, bytes, mime, quality_before, review_state, warnings } = version;
  return {
    image_id: image,
    version_id: id,
    url: `/api/v1/images/${image}/file?variant=version&version=${id}`,
    width,
    height,
    bytes,
    mime,
    quality_before,
    quality: quality_after,
    review_state,
    warnings,
  };
}
