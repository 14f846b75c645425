/** Why an item failed, in two or three words: what stands in a small square. */
const SHORT: Readonly<Record<string, string>> = {
  invalid_table: 'Row mistake',
  invalid_recipe: 'Wrong setting',
  blocked_address: 'Not allowed',
  not_found: 'Not there',
  conflict: 'Changed since',
  image_too_large: 'Too large',
  unsupported_format: 'No picture',
  broken_image: 'Damaged file',
  decode_limit: 'Too heavy',
  output_too_large: 'Result too large',
  byte_band: 'Wrong file size',
  no_product: 'No product',
  fetch_failed: 'Not fetched',
  worker_lost: 'Work stopped',
  corrupt_blob: 'Damaged file',
  model_unavailable: 'Model missing',
  storage_full: 'No room',
};
const OTHER = 'Failed';

export const shortReason = (code: string): string => SHORT[code] ?? OTHER;
