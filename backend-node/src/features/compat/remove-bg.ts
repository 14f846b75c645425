/** POST /v1.0/removebg as remove.bg answers it. */
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { ZipFile } from 'yazl';
import { GatewayError } from '../../errors.ts';
import { handledAs } from '../../http/problems.ts';
import type { Asking } from '../../processing/processing.ts';
import type { Ingested } from '../../processing/shapes.ts';
import { Callers } from './callers.ts';
import { bytesOf, type Form } from './form.ts';
import { refuseOthers } from './methods.ts';
import type { CompatParts } from './parts.ts';
import { bytesOfResult, Pictures, sendResult, type Result } from './pictures.ts';
import { asRemoveBg } from './remove-bg-errors.ts';
import { findingRecipe, removeBgRecipe, type Box } from './remove-bg-recipe.ts';
import { invalid, removeBgWish, type RemoveBgWish } from './remove-bg-wish.ts';

/** Nobody pays here. */
const CREDITS = 1_000_000;
const FILES = ['image_file', 'bg_image_file'] as const;

/** To be mounted at /v1.0. */
export function removeBgRouter(parts: CompatParts, limitRate: RequestHandler): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const callers = new Callers(parts);
  const pictures = new Pictures(parts);
  router.use(limitRate);
  router.post('/removebg', async (req, res) => {
    const caller = await callers.known(req);
    await pictures.inTurn(req, caller, (asking) => removeBackground(pictures, asking, req, res));
  });
  router.all('/removebg', refuseOthers('POST'));
  router.get('/account', async (req, res) => {
    await callers.known(req);
    res.set('Cache-Control', 'no-store').json(ACCOUNT);
  });
  router.all('/account', refuseOthers('GET, HEAD'));
  router.use((req) => {
    throw new GatewayError('not_found', `Expected /v1.0/removebg or /v1.0/account, received ${req.path.slice(0, 200)}`);
  });
  router.use(handledAs(asRemoveBg));
  return router;
}

const ACCOUNT = {
  data: {
    attributes: {
      credits: { total: CREDITS, subscription: CREDITS, payg: 0, enterprise: 0 },
      api: { free_calls: CREDITS, sizes: 'all' },
    },
  },
};

async function removeBackground(pictures: Pictures, asking: Asking, req: Request, res: Response): Promise<void> {
  const form = await pictures.form(req, asking, FILES);
  const wish = removeBgWish(form.fields);
  expectOneGround(form);
  const source = await sourceOf(pictures, asking, form);
  const ground = await groundOf(pictures, asking, form);
  const box = await productIn(pictures, asking, source, wish);
  const made = { pictures, asking, blob: source.id, recipe: removeBgRecipe(wish, source, box, ground) };
  const headers = { ...boxHeaders(box), ...(wish.type !== undefined && { 'X-Type': wish.type }) };
  if (wish.format === 'zip') await sendZip(res, made, headers);
  else await sendOne(req, res, await rendered(made, wish.channels === 'alpha' ? 'alpha' : 'result'), box, headers);
}

interface Made {
  readonly pictures: Pictures;
  readonly asking: Asking;
  readonly blob: string;
  readonly recipe: unknown;
}

const rendered = ({ pictures, asking, blob, recipe }: Made, part: 'result' | 'alpha' | 'colors'): Promise<Result> =>
  pictures.result({ blob, recipe, part }, asking);

async function sourceOf(pictures: Pictures, asking: Asking, { fields, files }: Form): Promise<Ingested> {
  const file = files.get('image_file');
  const url = fields.get('image_url');
  const base64 = fields.get('image_file_b64');
  const given = [file, url, base64].filter((one) => one !== undefined).length;
  if (given === 0) throw invalid('missing_source', 'No image given');
  if (given > 1) throw invalid('multiple_sources', 'Multiple image sources given: give only one of them');
  if (file) return file.picture;
  if (url !== undefined) return pictures.borrowed.fromUrl(url, asking);
  return pictures.borrowed.fromBytes(bytesOf(base64 ?? '', await pictures.max_bytes()), asking);
}

function expectOneGround({ fields, files }: Form): void {
  const given = [fields.has('bg_color'), fields.has('bg_image_url'), files.has('bg_image_file')].filter(Boolean);
  if (given.length > 1) throw invalid('multiple_backgrounds', 'Multiple backgrounds given: give only one of them');
}

async function groundOf(pictures: Pictures, asking: Asking, { fields, files }: Form): Promise<string | undefined> {
  const url = fields.get('bg_image_url');
  if (url !== undefined) return (await pictures.borrowed.fromUrl(url, asking)).id;
  return files.get('bg_image_file')?.picture.id;
}

/** Rejects with no_product. */
async function productIn(pictures: Pictures, asking: Asking, source: Ingested, wish: RemoveBgWish): Promise<Box> {
  const recipe = findingRecipe(wish, source);
  const { answer, told } = await pictures.result({ blob: source.id, recipe }, asking);
  await answer.body.dump({ limit: Number.MAX_SAFE_INTEGER });
  if (told.seen) return told.seen;
  throw new GatewayError('no_product', 'Expected a picture with a product in it, found none');
}

const boxHeaders = ({ left, top, width, height }: Box) => ({
  'X-Foreground-Top': String(top),
  'X-Foreground-Left': String(left),
  'X-Foreground-Width': String(width),
  'X-Foreground-Height': String(height),
  'X-Credits-Charged': '0',
});

const sizeHeaders = ({ told }: Result) => ({ 'X-Width': String(told.width), 'X-Height': String(told.height) });

type Headers = Readonly<Record<string, string>>;

async function sendOne(req: Request, res: Response, result: Result, box: Box, headers: Headers): Promise<void> {
  const all = { ...headers, ...sizeHeaders(result) };
  if (req.accepts(['image/*', 'application/json']) !== 'application/json') {
    await sendResult(res, result, all);
    return;
  }
  const { left, top, width, height } = box;
  const data = {
    result_b64: (await bytesOfResult(result)).toString('base64'),
    foreground_top: top,
    foreground_left: left,
    foreground_width: width,
    foreground_height: height,
  };
  res.set({ 'Cache-Control': 'no-store', ...all }).json({ data });
}

/** Colours and transparency apart: together they are smaller than a PNG. */
async function sendZip(res: Response, made: Made, headers: Headers): Promise<void> {
  const colors = await rendered(made, 'colors');
  const color = await bytesOfResult(colors);
  const alpha = await bytesOfResult(await rendered(made, 'alpha'));
  const zip = new ZipFile();
  zip.addBuffer(color, 'color.jpg', { compress: false });
  zip.addBuffer(alpha, 'alpha.png', { compress: false });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  res.set({ 'Cache-Control': 'no-store', ...headers, ...sizeHeaders(colors) });
  res.type('application/zip').send(Buffer.concat(chunks));
}
