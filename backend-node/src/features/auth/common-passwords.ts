/** Passwords that everybody tries first. Only those of at least ten characters: shorter ones are refused anyway. */
import { GatewayError } from '../../errors.ts';
import { normalPassword } from './passwords.ts';

const LEAST_LETTERS = 10;
const COMMON: ReadonlySet<string> = new Set(
  `1234567890 12345678910 123456789a 1234567891 0123456789 9876543210 0987654321 1111111111 0000000000 1q2w3e4r5t
  1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop qwerty12345 qwerty123456 qwerty1234 qwertyuiop123 asdfghjkl1 asdfghjkl;
  zaq12wsxcde3 q1w2e3r4t5 q1w2e3r4t5y6 abcdefghij abcdefghijk abcd123456 abc1234567 a123456789 aa12345678 password12
  password123 password1234 password12345 passw0rd123 p@ssword123 p@ssw0rd123 passwordpassword mypassword iloveyou12
  iloveyou123 letmein123 letmeinnow welcome123 welcome1234 administrator admin12345 admin123456 adminadmin
  changeme123 changemenow superman123 football123 baseball123 basketball princess123 sunshine123 trustno1trustno1
  monkey12345 dragon12345 master12345 correcthorsebatterystaple vitrine123 vitrinevitrine`.split(/\s+/),
);

/** Throws invalid_request for a password that is guessed at once. */
export function expectGoodPassword(password: string, email: string): void {
  const normal = normalPassword(password);
  const simple = normal.toLowerCase().trim();
  if (normal.length < LEAST_LETTERS) throw refused(`at least ${LEAST_LETTERS} characters`, 'fewer');
  if (COMMON.has(simple)) throw refused('a password that is not commonly used', 'a common one');
  if (simple === email) throw refused('a password other than the email address', 'the email address');
  if (new Set(simple).size < 2) throw refused('more than one character', 'one character repeated');
}

const refused = (expected: string, received: string): GatewayError =>
  new GatewayError('invalid_request', `In the password: Expected ${expected}, received ${received}`);
