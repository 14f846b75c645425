/**
 * Sets the password of an account to the line that comes on standard input: `node password.ts EMAIL`. The gateway may run.
 * Exit codes: 0 done, 1 refused, 3 there is no metadata yet.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { InvalidConfig, loadSettings } from '../config.ts';
import { Email, NewPassword } from '../contract/auth.ts';
import { isProblem } from '../errors.ts';
import { Journal } from '../events/journal.ts';
import { resetPassword } from '../features/auth/reset.ts';
import { openStore } from '../store/open.ts';

const FAILED = 1;
const NOTHING = 3;

async function main(given = ''): Promise<number> {
  const settings = loadSettings();
  const email = checked(Email, given, 'an email address');
  const password = checked(NewPassword, (await text(process.stdin)).replace(/\r?\n$/, ''), 'a password');
  const path = join(settings.data_dir, 'metadata.sqlite');
  if (settings.mongodb_uri === '' && !existsSync(path)) return NOTHING;
  const store = await openStore({ mongodb_uri: settings.mongodb_uri, path });
  try {
    await resetPassword({ store, journal: new Journal(store) }, email, password);
  } finally {
    await store.close();
  }
  return 0;
}

/** Never shows what was given. */
function checked<T extends z.ZodType>(shape: T, given: string, what: string): z.output<T> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(`Expected ${what}: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}

main(process.argv[2]).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const expected = error instanceof InvalidConfig || isProblem(error);
    process.stderr.write(`${error instanceof Error ? (expected ? error.message : error.stack) : String(error)}\n`);
    process.exitCode = FAILED;
  },
);
