/** A version held against the rules of a channel; mended and kept where that is asked for. */
import type { CheckBody } from '../../contract/versions.ts';
import type { Context } from '../../http/call.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Checked } from '../../processing/shapes.ts';
import type { Kept, Versions } from './service.ts';

export interface CheckResult {
  readonly checked: Checked;
  readonly saved: Kept | undefined;
}

export class Checks {
  readonly #versions: Versions;
  readonly #processing: Processing;

  constructor(versions: Versions, processing: Processing) {
    this.#versions = versions;
    this.#processing = processing;
  }

  async check(context: Context, id: string, { channel, version, fix, save }: CheckBody): Promise<CheckResult> {
    const image = await this.#versions.workable(id, context);
    const which = version ?? image.current_version;
    const row = which === '' ? undefined : await this.#versions.of(image, which);
    const wish = { blob: image.blob, channel, fix, ...(row && { recipe: row.recipe }) };
    const checked = await this.#processing.check(wish, context);
    const { fixed, recipe } = checked;
    if (!fixed || fixed.blob === (row ?? image).blob) return { checked, saved: undefined };
    if (!save) {
      await this.#versions.letGo([fixed.blob, fixed.mask_blob, fixed.thumb].map((blob) => blob ?? ''));
      return { checked, saved: undefined };
    }
    return { checked, saved: await this.#versions.make(context, image, { recipe }, { preset: '', current: true }) };
  }
}
