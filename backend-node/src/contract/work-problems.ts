/** What can go wrong while the processing service works on a picture. */
import type { ProblemCode } from './problems.ts';

export const INSPECTING = [
  'broken_image',
  'decode_limit',
  'too_busy',
  'corrupt_blob',
  'model_unavailable',
  'processing_unavailable',
] as const satisfies readonly ProblemCode[];

export const RENDERING = [
  'invalid_recipe',
  'no_product',
  'output_too_large',
  'byte_band',
  ...INSPECTING,
] as const satisfies readonly ProblemCode[];
