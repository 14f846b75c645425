/** The gateway's settings for other programs: `node settings.ts now | example`. */
import { exampleEnv, InvalidConfig, loadSettings, VARIABLES } from '../config.ts';

const VERBS: Readonly<Record<string, () => string>> = {
  /** Those in force that a supervisor needs, no secrets; every bad one is named on stderr. own: variables nobody else reads. */
  now: () => {
    const { host, port, mongodb_uri } = loadSettings();
    const own = Object.values(VARIABLES)
      .filter((one) => !('shared' in one && one.shared))
      .map(({ name }) => name);
    return JSON.stringify({ host, port, store: mongodb_uri === '' ? 'sqlite' : 'mongodb', own });
  },
  /** The gateway's part of .env.example. */
  example: exampleEnv,
};

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
