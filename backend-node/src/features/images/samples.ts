/** Photos that ship with the studio, taken in as images of somebody's. */
import type { UploadItem } from '../../contract/image-upload.ts';
import { GatewayError, isProblem } from '../../errors.ts';
import type { Context } from '../../http/call.ts';
import { problemOf } from '../../http/problems.ts';
import type { Sample } from '../../processing/shapes.ts';
import { keepTaken } from '../../intake/take-in.ts';
import type { UploadParts } from './upload.ts';

const TAG = 'sample';

/** One item for each, in their order: one that fails does not fail the others. */
export async function addSamples(parts: UploadParts, context: Context): Promise<UploadItem[]> {
  const samples = await parts.processing.samples(context);
  return Promise.all(samples.map((sample) => taken(parts, context, sample)));
}

async function taken(parts: UploadParts, context: Context, sample: Sample): Promise<UploadItem> {
  const file = { name: `${sample.name}.jpg`, fields: { sku: sample.sku, tags: [TAG] } };
  try {
    const leave = await parts.places.take(context.signal);
    try {
      return await keepTaken(parts, context, file, await parts.processing.sample(sample.name, context));
    } finally {
      leave();
    }
  } catch (error) {
    if (!isProblem(error) && !context.signal.aborted)
      context.log.error({ err: error }, 'a sample could not be taken in');
    return { name: file.name, status: 'failed', problem: problemOf(asProblem(error), context.request) };
  }
}

const asProblem = (error: unknown): GatewayError =>
  isProblem(error)
    ? error
    : new GatewayError('internal_error', 'The gateway met an error it did not expect; its log has the request id', {
        cause: error,
      });
