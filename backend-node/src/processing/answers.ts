/** What pyservice answers, made into what the gateway says. */
import type { Dispatcher } from 'undici';
import { isProblemCode, Problem, type ProblemCode } from '../contract/problems.ts';
import { GatewayError } from '../errors.ts';

export type Answer = Dispatcher.ResponseData;

const MOST_PROBLEM = 1_000_000;
/** About us, not about the caller: what we said to pyservice was wrong, or it was. */
const OURS: ReadonlySet<string> = new Set(['unauthorized', 'internal_error', 'method_not_allowed']);
const BY_STATUS: Readonly<Record<number, ProblemCode>> = { 413: 'request_too_large' };

export const unavailable = (retry_after_s: number, cause?: unknown): GatewayError =>
  new GatewayError('processing_unavailable', 'The processing service does not answer', { retry_after_s, cause });

export const succeeded = ({ statusCode }: Answer): boolean =>
  (statusCode >= 200 && statusCode < 300) || statusCode === 304 || statusCode === 416;

/** The problem in an answer that is none of the good ones. */
export async function problemIn(answer: Answer): Promise<GatewayError> {
  const problem = Problem.safeParse(parsedJson(await textOf(answer, MOST_PROBLEM))).data;
  const code = problem && isProblemCode(problem.code) ? problem.code : BY_STATUS[answer.statusCode];
  if (problem && code && !OURS.has(code)) {
    const retry_after_s = Number(answer.headers['retry-after']);
    return new GatewayError(code, problem.detail, {
      ...(problem.details && { details: problem.details }),
      ...(retry_after_s > 0 && { retry_after_s }),
    });
  }
  const cause = new Error(`pyservice answered ${answer.statusCode} ${problem?.code ?? ''}: ${problem?.detail ?? ''}`);
  if ([502, 503, 504].includes(answer.statusCode)) return unavailable(2, cause);
  return new GatewayError('internal_error', 'The processing service met an error it did not expect', { cause });
}

/** Rejects where there are more than so many bytes. */
export async function textOf(answer: Answer, most_bytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most_bytes) throw new Error(`pyservice answered more than ${most_bytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
