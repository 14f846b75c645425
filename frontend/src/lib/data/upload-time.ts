/** When a picture was uploaded, by its id alone: the first ten characters of a ULID count milliseconds. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;

/** Milliseconds since 1970; NaN where it is no ULID. */
export function uploadTimeOf(id: string): number {
  let time_ms = 0;
  for (let at = 0; at < TIME_LENGTH; at += 1) {
    const digit = DIGITS.indexOf(id.charAt(at));
    if (digit === -1 || id.length < TIME_LENGTH) return NaN;
    time_ms = time_ms * DIGITS.length + digit;
  }
  return time_ms;
}
