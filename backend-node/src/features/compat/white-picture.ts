/** POST /remove-bg: a white JPEG of a picture, behind an address that is good for an hour. */
import { Router, type Request, type RequestHandler } from 'express';
import { GatewayError } from '../../errors.ts';
import { handledAs, type Told } from '../../http/problems.ts';
import { purposeKey, signed, unsigned } from '../../http/purpose-keys.ts';
import { contextOf } from '../../http/request.ts';
import { sendStream } from '../../http/send-stream.ts';
import type { Asking, Processing } from '../../processing/processing.ts';
import { NEVER_RUN } from '../../processing/send-blob.ts';
import { Callers } from './callers.ts';
import { refuseOthers } from './methods.ts';
import type { CompatParts } from './parts.ts';
import { Pictures } from './pictures.ts';

const GOOD_FOR_MS = 3_600_000;
const NAMES = ['image', 'file'] as const;
const ON_WHITE = {
  steps: [{ operation: 'remove-background' }, { operation: 'background' }],
  output: { format: 'jpeg' },
};

/** To be mounted at /remove-bg. */
export function whitePictureRouter(parts: CompatParts, limitRate: RequestHandler): Router {
  const router = Router({ caseSensitive: true, strict: false });
  const callers = new Callers(parts);
  const pictures = new Pictures(parts);
  const links = new Links(purposeKey(parts.secret, 'white picture'));
  router.use(limitRate);
  router.post('/', async (req, res) => {
    const caller = await callers.knownOrOpen(req);
    const token = await pictures.inTurn(req, caller, async (asking) => {
      const blob = await fileOf(req, pictures, asking);
      const until = new Date(Date.now() + GOOD_FOR_MS);
      return links.to(await rendered(parts.processing, pictures, blob, until, asking), until);
    });
    const url = `${req.protocol}://${req.host}/remove-bg/${token}.jpg`;
    res.set('Cache-Control', 'no-store').json({ url });
  });
  router.all('/', refuseOthers('POST'));
  router.get('/:token.jpg', async (req, res) => {
    const blob = links.blobOf(req.params.token);
    const { signal, request } = contextOf(req);
    const headers = { ...NEVER_RUN, ...SHOWN_ANYWHERE, 'Content-Type': 'image/jpeg' };
    await sendStream({ req, res, signal }, headers, await parts.processing.open(blob, { signal, request }));
  });
  router.use(handledAs(asMessage));
  return router;
}

/** The address is the credential; a page of the shop may show the picture. */
const SHOWN_ANYWHERE = { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Referrer-Policy': 'no-referrer' };

const asMessage = ({ code, status, message }: GatewayError): Told => ({
  status,
  type: 'application/json',
  body: { error: message, message, code },
  authenticate: 'Basic realm="vitrine"',
});

async function fileOf(req: Request, pictures: Pictures, asking: Asking): Promise<string> {
  const { files } = await pictures.form(req, asking, NAMES);
  const [file] = files.values();
  if (!file) throw new GatewayError('invalid_request', 'Expected a picture with a name as image or file in the form');
  return file.picture.id;
}

/** The result stays until then; what was made beside it need not. */
async function rendered(
  processing: Processing,
  { borrowed }: Pictures,
  blob: string,
  until: Date,
  asking: Asking,
): Promise<string> {
  const made = await processing.render({ blob, recipe: ON_WHITE }, asking);
  await borrowed.release([made.mask_blob ?? '', made.source_mask_blob ?? '', made.thumb]);
  await borrowed.release([made.blob], until);
  return made.blob;
}

/** Addresses that say which picture and until when, signed. */
class Links {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  to(blob: string, until: Date): string {
    return signed(this.#key, `${blob}-${until.getTime().toString(36)}`);
  }

  /** Throws share_invalid, the same for everything that is wrong. */
  blobOf(token: string): string {
    const [blob = '', until = ''] = unsigned(this.#key, token)?.split('-') ?? [];
    if (blob !== '' && Number.parseInt(until, 36) > Date.now()) return blob;
    throw new GatewayError('share_invalid', 'Expected an address that has not ended: ask for a new one');
  }
}
