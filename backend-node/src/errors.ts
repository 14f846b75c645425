/** The one error of the gateway: a problem with a code. Everything else that is thrown is a bug. */
import { PROBLEMS, type ProblemCode } from './contract/problems.ts';

export interface ProblemExtras {
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retry_after_s?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: ProblemCode;
  readonly status: number;
  readonly extras: ProblemExtras;

  /** detail: what was expected, where, and what came. It is shown to the caller. */
  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail, { cause: extras.cause });
    this.code = code;
    this.status = PROBLEMS[code][0];
    this.extras = extras;
  }
}

export const notFound = (what: string): GatewayError =>
  new GatewayError('not_found', `Expected ${what} of yours, found none`);

export const isProblem = (error: unknown, ...codes: ProblemCode[]): error is GatewayError =>
  error instanceof GatewayError && (codes.length === 0 || codes.includes(error.code));
