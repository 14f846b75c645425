/** Previews and measurements: nothing of them is kept. */
import type { PreviewBody } from '../../contract/preview.ts';
import { GatewayError } from '../../errors.ts';
import { AtOnce } from '../../http/at-once.ts';
import type { Context } from '../../http/call.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Answer } from '../../processing/pyservice.ts';
import { owned } from '../../store/owned.ts';
import { versionOf } from '../../store/pictures.ts';
import { allowedWish } from '../../store/recipe-wish.ts';
import type { ImageRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

/** Of one account at once: sliders ask quickly, and others want to work too. */
const MOST_PREVIEWS = 4;

export interface PreviewParts {
  readonly store: Store;
  readonly processing: Processing;
}

export class Previews {
  readonly #parts: PreviewParts;
  readonly #atOnce = new AtOnce(MOST_PREVIEWS, tooMany);

  constructor(parts: PreviewParts) {
    this.#parts = parts;
  }

  /** The picture, its body unread. Rejects with too_busy where the account waits for several already. */
  async preview(context: Context, id: string, body: PreviewBody): Promise<Answer> {
    const { store, processing } = this.#parts;
    const image = await this.#image(id, context);
    const { render } = await allowedWish(store, context.who.id, body);
    const wish = { blob: image.blob, ...render, max_px: body.max_px, part: body.part };
    return this.#atOnce.run(context.who.id, () => processing.preview(wish, context));
  }

  async recipeFor(context: Context, id: string, preset: string) {
    const { blob } = await this.#image(id, context);
    return this.#parts.processing.recipeFor(blob, preset, context);
  }

  /** version '': the original; undefined: the current one. */
  async inspect(context: Context, id: string, version: string | undefined) {
    const image = await this.#image(id, context);
    const which = version ?? image.current_version;
    const { blob } = which === '' ? image : await versionOf(this.#parts.store, image, which);
    return this.#parts.processing.inspect(blob, context);
  }

  #image(id: string, { who }: Context): Promise<ImageRow> {
    return owned(this.#parts.store, 'images', id, who.id);
  }
}

const tooMany = (): GatewayError =>
  new GatewayError('too_busy', `Expected at most ${MOST_PREVIEWS} previews at once`, { retry_after_s: 1 });
