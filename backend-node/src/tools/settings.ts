/** The gateway's settings for other programs: `node settings.ts now | start | example`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exampleEnv, InvalidConfig, loadSettings, VARIABLES, type Settings } from '../config.ts';
import { secretFrom } from '../secrets.ts';

const VERBS: Readonly<Record<string, () => string>> = {
  /** Those in force that a supervisor needs, no secrets; every bad one is named on stderr. own: variables nobody else reads. */
  now: () => told(loadSettings()),
  /** The same, where the keys that are kept in files are good as well. */
  start: () => {
    const settings = loadSettings();
    expectKeptKeys(settings);
    return told(settings);
  },
  /** The gateway's part of .env.example. */
  example: exampleEnv,
};

function told({ host, port, mongodb_uri }: Settings): string {
  const own = Object.values(VARIABLES)
    .filter((one) => !('shared' in one && one.shared))
    .map(({ name }) => name);
  return JSON.stringify({ host, port, store: mongodb_uri === '' ? 'sqlite' : 'mongodb', own });
}

/** Makes none. Throws InvalidConfig. */
function expectKeptKeys({ data_dir, auth_secret, service_secret }: Settings): void {
  const kept = { 'auth.secret': auth_secret, 'service.secret': service_secret };
  for (const [file, given] of Object.entries(kept)) {
    if (given === '' && existsSync(join(data_dir, file))) secretFrom('', data_dir, file, '');
  }
}

function main(verb = ''): void {
  const run = VERBS[verb];
  if (!run)
    throw new InvalidConfig(`Expected one of ${Object.keys(VERBS).join(', ')}, received ${JSON.stringify(verb)}`);
  process.stdout.write(`${run().trim()}\n`);
}

try {
  main(process.argv[2]);
} catch (error) {
  if (!(error instanceof InvalidConfig)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
