/** Keys that somebody could guess. */

const LEAST_BYTES = 32;
const LEAST_BITS = 80;
const PLACEHOLDERS = ['change', 'secret', 'password', 'default', 'example', 'vitrine', 'placeholder', 'your-'];

/** What is wrong with a key: too short, well known, or regular. */
export function weakness(secret: string): string | undefined {
  const bytes = Buffer.byteLength(secret);
  if (bytes < LEAST_BYTES) return `Expected at least ${LEAST_BYTES} bytes, received ${bytes}`;
  if (PLACEHOLDERS.some((word) => secret.toLowerCase().includes(word))) {
    return 'Expected random bytes, received something that reads like a placeholder';
  }
  if (repeats(secret) || Math.min(bits(secret), bits(steps(secret))) < LEAST_BITS) {
    return 'Expected random bytes, received something too regular';
  }
  return undefined;
}

/** The same again after at most half of it, whole or cut off at the end. */
function repeats(text: string): boolean {
  const lengths = Array.from({ length: Math.floor(text.length / 2) }, (_, index) => index + 1);
  return lengths.some((length) => text.startsWith(text.slice(length)));
}

/** Shannon's measure: how surprising the characters are, taken one by one. */
function bits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return -[...counts.values()].reduce((sum, count) => sum + count * Math.log2(count / text.length), 0);
}

/** How each character differs from the one before: abcabc is surprising, its steps are not. */
const steps = (text: string): string =>
  Array.from({ length: text.length - 1 }, (_, at) =>
    String.fromCharCode((text.charCodeAt(at + 1) - text.charCodeAt(at) + 0xd800) % 0xd800),
  ).join('');
