/** Answers that come line by line, while the work goes on. */
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { GatewayError } from '../errors.ts';
import { unavailable, type Answer } from './answers.ts';

/** Of every such answer besides its own lines: still at work, and the end. */
const Beat = z.strictObject({ beat: z.literal(true) });
const End = z.strictObject({ end: z.literal(true) });

/**
 * The lines as they come. Rejects with processing_unavailable where the answer ends before it said so, and with
 * the signal's reason. Who stops reading hangs up.
 */
export async function* linesOf<T extends z.ZodType>(
  answer: Answer,
  shape: T,
  signal: AbortSignal,
): AsyncGenerator<z.output<T>> {
  const lines = createInterface({ input: answer.body, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const value: unknown = JSON.parse(line);
      if (End.safeParse(value).success) return;
      if (!Beat.safeParse(value).success) yield expected(shape, value);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof GatewayError ? error : unavailable(2, error);
  } finally {
    lines.close();
    answer.body.on('error', () => undefined).destroy();
  }
  signal.throwIfAborted();
  throw unavailable(2, new Error('the answer was cut off'));
}

function expected<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GatewayError('internal_error', 'The processing service answered something that was not expected', {
    cause: parsed.error,
  });
}
