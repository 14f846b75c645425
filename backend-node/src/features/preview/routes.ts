/** Previews and measurements over HTTP. */
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { PREVIEW_TOLD, PreviewTold, previewRoutes } from '../../contract/preview.ts';
import type { Api } from '../../http/api.ts';
import { ok, SENT } from '../../http/call.ts';
import { parsedJson } from '../../processing/answers.ts';
import type { Answer } from '../../processing/pyservice.ts';
import { NEVER_RUN } from '../../processing/send-blob.ts';
import { Previews, type PreviewParts } from './service.ts';

const MOST_TOLD = 4096;
const PICTURES: ReadonlySet<unknown> = new Set(previewRoutes.previewRecipe.answers[200].media);

export function addPreview(api: Api, parts: PreviewParts): void {
  const previews = new Previews(parts);
  api.add(previewRoutes, {
    previewRecipe: async (call) => {
      const answer = await previews.preview(call, call.params.id, call.body);
      await sendPicture(call.res, answer);
      return SENT;
    },
    chooseRecipe: async (call) => ok({ recipe: await previews.recipeFor(call, call.params.id, call.body.preset) }),
    inspectImage: async (call) => ok(await previews.inspect(call, call.params.id, call.body.version)),
  });
}

/** Passed on where it is what was promised. */
function toldIn(headers: Answer['headers']): Record<string, string> {
  const told = headers[PREVIEW_TOLD.toLowerCase()];
  if (typeof told !== 'string' || told.length > MOST_TOLD || !/^[\x20-\x7e]+$/.test(told)) return {};
  return PreviewTold.safeParse(parsedJson(told)).success ? { [PREVIEW_TOLD]: told } : {};
}

async function sendPicture(res: Response, { headers, body }: Answer): Promise<void> {
  const type = headers['content-type'];
  const length = headers['content-length'];
  res.status(200).set({
    'Cache-Control': 'no-store',
    'Content-Type': typeof type === 'string' && PICTURES.has(type) ? type : 'application/octet-stream',
    ...NEVER_RUN,
    ...(typeof length === 'string' && { 'Content-Length': length }),
    ...toldIn(headers),
  });
  try {
    await pipeline(body, res);
  } catch {
    // Cut off in the middle, on either side: there is nobody left to tell.
    res.destroy();
  }
}
