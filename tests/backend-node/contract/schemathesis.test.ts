/** Requests made up from the OpenAPI document by schemathesis, thousands of them, the same ones each time. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeThings } from '../security/things.ts';
import { startStudio, type Studio } from '../studio.ts';

/** They end the sign-in that all others need, or never end by themselves. */
const LEFT_OUT = ['logout', 'endSession', 'followEvents'];
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
  'ignored_auth',
  'use_after_free',
];
const MOST_S = 240;
const EXAMPLES = process.env['SCHEMATHESIS_EXAMPLES'] ?? '5';

let studio: Studio;
let folder: string;

beforeAll(async () => {
  studio = await startStudio({ environment: { VITRINE_ACCESS_TOKEN_S: '3600' } });
  folder = mkdtempSync(join(tmpdir(), 'vitrine-schemathesis-'));
});
afterAll(async () => {
  await studio.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the API keeps its word, and no request makes it fail', { timeout: (MOST_S + 30) * 1000 }, async () => {
  const admin = await studio.signUp('admin');
  await makeThings(admin);
  const { status, output } = await runSchemathesis(admin.token);
  expect(status, output).toBe(0);
});

async function runSchemathesis(token: string): Promise<{ status: number | null; output: string }> {
  // In a file, because everybody on the machine can read arguments.
  writeFileSync(join(folder, 'schemathesis.toml'), `headers = { Authorization = "Bearer ${token}" }\n`);
  const options = [
    ...['--checks', CHECKS.join(',')],
    ...LEFT_OUT.flatMap((name) => ['--exclude-operation-id', name]),
    ...['--phases', 'coverage,fuzzing', '--max-examples', EXAMPLES, '--generation-deterministic'],
    ...['--generation-with-security-parameters', 'false', '--request-timeout', '30', '--no-color'],
  ];
  const child = spawn(resolve('.venv/bin/schemathesis'), ['run', `${studio.url}/api/openapi.json`, ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MOST_S * 1000,
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [status, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, output: output + errors };
}
