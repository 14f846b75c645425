/** What went wrong with a call, told as the gateway told it. */
import type { Problem, ProblemCode } from '../../../../backend-node/src/contract/problems.ts';

/** unreachable: no answer came at all. unreadable: an answer came that is no problem document. */
export type FailureCode = ProblemCode | 'unreachable' | 'unreadable';

/** Where the gateway speaks to programs, in words for people: what it means for their picture, and what to do. */
const PLAIN: Readonly<Record<string, string>> = {
  unsupported_format: 'This is no picture that Vitrine can read, whatever the file is called.',
  broken_image: 'The file is damaged: it cannot be opened as a picture. Copy or export it again.',
  decode_limit: 'This picture takes too much time or memory to open. Save it smaller and try again.',
};

/** A problem that was told as part of something else, like an item of a batch. */
export const plainText = ({ code, detail }: Pick<Problem, 'code' | 'detail'>): string => PLAIN[code] ?? detail;

export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly status: number;
  readonly requestId: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Seconds to wait before asking again; 0 where nothing was said. */
  readonly retry_after_s: number;

  constructor(told: Partial<Problem> & { readonly code: string; readonly detail: string }, retry_after_s = 0) {
    super(plainText(told));
    this.code = told.code;
    this.status = told.status ?? 0;
    this.requestId = told.requestId ?? '';
    this.details = told.details ?? {};
    this.retry_after_s = retry_after_s;
  }
}

export const isProblem = (error: unknown, ...codes: readonly FailureCode[]): error is ApiProblem =>
  error instanceof ApiProblem && (codes.length === 0 || codes.some((code) => code === error.code));

/** A problem of an answer that is not ok. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const retry_after_s = Number(answer.headers.get('Retry-After') ?? 0) || 0;
  const told: unknown = await answer.json().catch(() => undefined);
  if (isTold(told)) return new ApiProblem(told, retry_after_s);
  const detail = `The server answered ${answer.status} without saying why.`;
  const requestId = answer.headers.get('X-Request-Id') ?? '';
  return new ApiProblem({ code: 'unreadable', detail, status: answer.status, requestId }, retry_after_s);
}

const isTold = (told: unknown): told is Problem =>
  typeof told === 'object' && told !== null && 'code' in told && 'detail' in told;
