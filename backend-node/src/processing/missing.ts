import { GatewayError } from '../errors.ts';

export const missingBlob = (cause: unknown): GatewayError =>
  new GatewayError('corrupt_blob', 'Expected the stored file of this picture, found none', { cause });
