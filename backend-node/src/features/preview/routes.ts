/** Previews and measurements over HTTP. */
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { previewRoutes } from '../../contract/preview.ts';
import type { Api } from '../../http/api.ts';
import { ok, SENT } from '../../http/call.ts';
import type { Answer } from '../../processing/pyservice.ts';
import { NEVER_RUN } from '../../processing/send-blob.ts';
import { Previews, type PreviewParts } from './service.ts';

const PICTURES: ReadonlySet<unknown> = new Set(previewRoutes.previewRecipe.answers[200].media);

export function addPreview(api: Api, parts: PreviewParts): void {
  const previews = new Previews(parts);
  api.add(previewRoutes, {
    previewRecipe: async (call) => {
      const answer = await previews.preview(call, call.params.id, call.body);
      await sendPicture(call.res, answer);
      return SENT;
    },
    inspectImage: async (call) => ok(await previews.inspect(call, call.params.id, call.body.version)),
  });
}

async function sendPicture(res: Response, { headers, body }: Answer): Promise<void> {
  const type = headers['content-type'];
  const length = headers['content-length'];
  res.status(200).set({
    'Cache-Control': 'no-store',
    'Content-Type': typeof type === 'string' && PICTURES.has(type) ? type : 'application/octet-stream',
    ...NEVER_RUN,
    ...(typeof length === 'string' && { 'Content-Length': length }),
  });
  try {
    await pipeline(body, res);
  } catch {
    // Cut off in the middle, on either side: there is nobody left to tell.
    res.destroy();
  }
}
