/** A caller's file on its way to pyservice, and whose fault it is where it does not get there. */
import { PassThrough, type Readable } from 'node:stream';
import { GatewayError } from '../errors.ts';

export interface Upload {
  /** What is sent. It is the HTTP client's, which destroys it. */
  readonly body: PassThrough;
  /** Why the caller's file ended early; undefined where it did not. */
  failure(): Error | undefined;
  /** Whether all of the caller's file was read. */
  whole(): boolean;
}

export const stalled = (cause?: unknown): GatewayError =>
  new GatewayError('upload_stalled', 'Expected the file to keep coming, received too little of it', { cause });

/**
 * The source itself is never destroyed: where pyservice refuses early, it is left paused for its owner to read on.
 * stalled_ms: how long it may pause where pyservice would take more.
 */
export function uploadOf(source: Readable, stalled_ms: number): Upload {
  const body = new PassThrough();
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    body.destroy(error);
  };
  const failIfCut = (): void => {
    if (!source.readableEnded) fail(source.errored ?? new Error('the file ended early'));
  };
  const patience = setTimeout(() => {
    if (body.writableNeedDrain) patience.refresh();
    else fail(stalled());
  }, stalled_ms);
  const moved = (): void => void patience.refresh();
  body.on('error', () => undefined);
  body.once('finish', () => clearTimeout(patience));
  body.once('close', () => {
    clearTimeout(patience);
    source.unpipe(body);
    source.off('error', fail).off('close', failIfCut).off('data', moved);
    // Whatever becomes of it now is told by others.
    source.on('error', () => undefined);
  });
  source.once('error', fail).once('close', failIfCut);
  if (source.destroyed) failIfCut();
  else if (source.readableEnded) body.end();
  else source.on('data', moved).pipe(body);
  return { body, failure: () => failure, whole: () => source.readableEnded };
}
