/** GET and POST /api/remove as `rembg s` answers them. */
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { GatewayError } from '../../errors.ts';
import { handledAs, type Told } from '../../http/problems.ts';
import type { Asking, Processing } from '../../processing/processing.ts';
import type { Ingested } from '../../processing/shapes.ts';
import { Callers, type Caller } from './callers.ts';
import { queryFields, type Fields } from './form.ts';
import { refuseOthers } from './methods.ts';
import type { CompatParts } from './parts.ts';
import { Pictures, sendResult } from './pictures.ts';
import { modelOf, rembgRecipe, rembgWish } from './rembg-wish.ts';

/** To be mounted at /api/remove. */
export function rembgRouter(parts: CompatParts, limitRate: RequestHandler): Router {
  const router = Router({ caseSensitive: true, strict: false });
  const callers = new Callers(parts);
  const rembg = new Rembg(parts);
  router.use(limitRate);
  router.get('/', async (req, res) => rembg.fromUrl(req, res, await callers.knownOrOpen(req)));
  router.post('/', async (req, res) => rembg.fromForm(req, res, await callers.knownOrOpen(req)));
  router.all('/', refuseOthers('GET, HEAD, POST'));
  router.use(handledAs(asFastApi));
  return router;
}

const asFastApi = ({ status, message }: GatewayError): Told => ({
  status,
  type: 'application/json',
  body: { detail: message },
  authenticate: 'Basic realm="vitrine"',
});

class Rembg {
  readonly #processing: Processing;
  readonly #pictures: Pictures;

  constructor(parts: CompatParts) {
    this.#processing = parts.processing;
    this.#pictures = new Pictures(parts);
  }

  fromUrl(req: Request, res: Response, caller: Caller): Promise<void> {
    const fields = queryFields(req);
    return this.#pictures.inTurn(req, caller, (asking) =>
      this.#answer(res, asking, fields, () => {
        const url = fields.get('url');
        if (url === undefined) throw new GatewayError('invalid_request', 'Expected url, the address of a picture');
        return this.#pictures.borrowed.fromUrl(url, asking);
      }),
    );
  }

  fromForm(req: Request, res: Response, caller: Caller): Promise<void> {
    return this.#pictures.inTurn(req, caller, async (asking) => {
      const form = await this.#pictures.form(req, asking, ['file']);
      const fields = new Map([...queryFields(req), ...form.fields]);
      await this.#answer(res, asking, fields, async () => {
        const file = form.files.get('file');
        if (!file) throw new GatewayError('invalid_request', 'Expected a picture as file in the form');
        return Promise.resolve(file.picture);
      });
    });
  }

  /** Nothing is fetched for a wish that makes no sense. */
  async #answer(res: Response, asking: Asking, fields: Fields, open: () => Promise<Ingested>): Promise<void> {
    const wish = rembgWish(fields);
    const model = modelOf(wish, await this.#models(asking));
    const { id: blob } = await open();
    const part = wish.only_mask ? 'alpha' : 'result';
    await sendResult(res, await this.#pictures.result({ blob, recipe: rembgRecipe(wish, model), part }, asking));
  }

  async #models({ signal, request }: Asking): Promise<readonly string[]> {
    const { items } = await this.#processing.catalogue('models', { signal, request });
    return items.flatMap(({ id, task }) => (typeof id === 'string' && task === 'product-mask' ? [id] : []));
  }
}
