/** Ids as the gateway makes them, of a chosen time. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function idAt(time_ms: number, place = 0): string {
  return digitsOf(time_ms, 10) + digitsOf(place, 16);
}

function digitsOf(value: number, length: number): string {
  let rest = value;
  let text = '';
  while (text.length < length) {
    text = DIGITS.charAt(rest % DIGITS.length) + text;
    rest = Math.floor(rest / DIGITS.length);
  }
  return text;
}
