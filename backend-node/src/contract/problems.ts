/** Every problem the API answers with: RFC 9457 bodies whose `code` is one of these. */
import { z } from 'zod';

export const PROBLEMS = {
  invalid_request: [400, 'The request is not of the documented shape.'],
  invalid_table: [400, 'A spreadsheet cannot be read at all, or a row of it has a bad value.'],
  invalid_recipe: [400, 'A recipe names an unknown operation or gives a parameter outside its bounds.'],
  blocked_address: [400, 'The address is not one that may be asked: it is no public one, and nobody allowed it.'],
  unauthorized: [401, 'The call carries no valid credential.'],
  wrong_credentials: [401, 'The email address and the password do not belong together.'],
  forbidden: [403, 'The credential is valid, but does not allow this.'],
  cross_site: [403, 'A cookie came with a request from another site.'],
  share_invalid: [403, 'The share link is wrong, has ended or was revoked.'],
  not_found: [404, 'There is no such thing, or it belongs to somebody else.'],
  method_not_allowed: [405, 'The address exists, but not for this method.'],
  upload_stalled: [408, 'The file stopped coming, or came too slowly.'],
  conflict: [409, 'The change contradicts what is stored already.'],
  email_taken: [409, 'There is an account with this email address already.'],
  idempotency_mismatch: [409, 'The Idempotency-Key was used for another request, or that one is still running.'],
  invalid_transition: [409, 'The state it is in does not allow this step.'],
  precondition_failed: [412, 'Somebody else changed it since it was read: If-Match does not match.'],
  image_too_large: [413, 'The file has more bytes, pixels or frames than the limits allow.'],
  request_too_large: [413, 'The body is longer than this route takes.'],
  unsupported_format: [415, 'The bytes are not a picture of a format that Vitrine reads, whatever the file is called.'],
  unsupported_media_type: [415, 'The body has a content type that this route does not take.'],
  range_not_satisfiable: [416, 'The range asked for lies outside the file.'],
  wrong_host: [421, 'The gateway does not answer to this host name.'],
  broken_archive: [422, 'The zip cannot be read, or holds what no zip of pictures should; nothing of it was taken.'],
  fetch_failed: [422, 'An address outside did not answer as it should: not in time, with an error, or with too much.'],
  broken_image: [422, 'The bytes look like a picture but cannot be decoded.'],
  decode_limit: [422, 'Decoding was stopped because it took more time or memory than its budget.'],
  byte_band: [422, 'The result cannot be encoded between min_bytes and max_bytes.'],
  no_product: [422, 'No product was found in the picture where an operation needs one.'],
  output_too_large: [422, 'A recipe asks for a result with more pixels than the limits allow.'],
  too_many_requests: [429, 'Too many requests; try again after the time in Retry-After.'],
  too_busy: [429, 'All places for work are taken; try again after the time in Retry-After.'],
  internal_error: [500, 'The gateway met an error it did not expect; its log has the request id.'],
  corrupt_blob: [500, 'A stored file no longer has the bytes its name promises.'],
  model_unavailable: [503, 'The weights a step needs are not installed, or their checksum is wrong.'],
  worker_lost: [503, 'The process that worked on the picture ended, more than once: the picture may be what ends it.'],
  cluster_unavailable: [503, 'The machines that work on batches cannot be reached; it is tried again.'],
  processing_unavailable: [503, 'The processing service does not answer; try again after the time in Retry-After.'],
  store_unavailable: [503, 'The database does not answer; try again after the time in Retry-After.'],
  storage_unavailable: [503, 'The place where pictures are kept does not answer; it is tried again.'],
  storage_full: [507, 'There is no room left to write; nothing half-written was kept.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

export const Problem = z
  .object({
    type: z.string().describe('urn:vitrine:problem:<code>'),
    code: z.string(),
    status: z.int(),
    title: z.string().describe('What kind of problem it is.'),
    detail: z.string().describe('What happened this time: what was expected, where, and what came.'),
    requestId: z.string(),
    details: z.looseObject({}).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem.' });
export type Problem = z.infer<typeof Problem>;
