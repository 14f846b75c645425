/** Errors as remove.bg's clients know them. */
import { PROBLEMS, type ProblemCode } from '../../contract/problems.ts';
import type { GatewayError } from '../../errors.ts';
import type { Told } from '../../http/problems.ts';

/** Status, code and title, where theirs is another. */
const THEIRS: Partial<Record<ProblemCode, readonly [number, string, string]>> = {
  unauthorized: [403, 'auth_failed', 'API Key invalid'],
  forbidden: [403, 'auth_failed', 'API Key invalid'],
  too_many_requests: [429, 'rate_limit_exceeded', 'Rate limit exceeded'],
  too_busy: [429, 'rate_limit_exceeded', 'Rate limit exceeded'],
  no_product: [400, 'unknown_foreground', 'Could not identify foreground in image'],
  blocked_address: [400, 'invalid_image_url', 'Failed to download image from given image_url'],
  fetch_failed: [400, 'failed_image_download', 'Failed to download image from given image_url'],
  image_too_large: [400, 'image_too_large', 'Image too large'],
  request_too_large: [400, 'image_too_large', 'Image too large'],
  unsupported_format: [400, 'invalid_file_type', 'Failed to read image'],
  broken_image: [400, 'invalid_file_type', 'Failed to read image'],
};
/** What else is wrong with a request has this status there. */
const UNPROCESSABLE = new Set([413, 415, 422]);

export function asRemoveBg(error: GatewayError): Told {
  const [status, code, title] = THEIRS[error.code] ?? [statusOf(error), codeOf(error), error.message];
  const detail = title === error.message ? PROBLEMS[error.code][1] : error.message;
  return { status, type: 'application/json', body: { errors: [{ title, detail, code }] }, authenticate: '' };
}

const statusOf = ({ status }: GatewayError): number => (UNPROCESSABLE.has(status) ? 400 : status);

function codeOf({ code, extras }: GatewayError): string {
  const own = extras.details?.['code'];
  return typeof own === 'string' ? own : code;
}
