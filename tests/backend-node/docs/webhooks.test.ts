/** The receivers of docs/how-to/webhooks.md, run as they stand there. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobRow } from '../../../backend-node/src/store/rows.ts';
import { endings } from '../../../backend-node/src/features/webhooks/letters.ts';
import { PAUSES_MS } from '../../../backend-node/src/features/webhooks/outcome.ts';
import { newSecret, signedHeaders } from '../../../backend-node/src/features/webhooks/signing.ts';
import { until } from '../features/webhooks/receiver.ts';
import { freePort } from '../pyservice.ts';
import { sqlite } from '../store/databases.ts';

const page = readFileSync('docs/how-to/webhooks.md', 'utf8');
const blockOf = (language: string): string => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';

const secret = newSecret();
const MINUTE_MS = 60_000;

describe.each([
  ['Python', 'python', 'receiver.py', resolve('.venv/bin/python')],
  ['Node', 'js', 'receiver.mjs', process.execPath],
])('the receiver in %s', (_, language, file, program) => {
  let folder: string;
  let child: ChildProcess;
  let port: number;
  let output = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-receiver-'));
    writeFileSync(join(folder, file), blockOf(language));
    port = await freePort();
    const env = { ...process.env, VITRINE_WEBHOOK_SECRET: secret, PORT: String(port) };
    child = spawn(program, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await until(() => listens(port));
  });
  afterAll(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });

  const bodyOf = (name: string) => JSON.stringify({ type: 'batch.ended', timestamp: '', data: { name } });
  const post = async (headers: Record<string, string>, body: string): Promise<number> => {
    const sent = { 'Content-Type': 'application/json', ...headers };
    return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: sent, body })).status;
  };
  const jobs = (name: string): number => output.split('\n').filter((line) => line.includes(`"${name}"`)).length;

  test('E5 does one job of a message that comes twice, even at the same moment', async () => {
    const body = bodyOf('twice');
    const send = (at?: Date) => post(signedHeaders(secret, 'msg-1', body, at), body);
    expect(await Promise.all([send(), send(), send(new Date(Date.now() - MINUTE_MS))])).toEqual([204, 204, 204]);
    expect(await send()).toBe(204);
    expect(await post(signedHeaders(secret, 'msg-2', bodyOf('other')), bodyOf('other'))).toBe(204);
    await until(() => jobs('other') === 1);
    expect(jobs('twice')).toBe(1);
  });

  test('E6 refuses what was altered, what is old, and what is not signed', async () => {
    const body = bodyOf('forged');
    const headers = signedHeaders(secret, 'msg-3', body);
    const refused: [Record<string, string>, string][] = [
      [headers, body.replace('forged', 'altered')],
      [{ ...headers, 'webhook-id': 'msg-4' }, body],
      [{ ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }, body],
      [{ ...headers, 'webhook-signature': 'v1,AAAA v2,BBBB' }, body],
      [{ ...headers, 'webhook-signature': '' }, body],
      [{ ...headers, 'webhook-timestamp': 'now' }, body],
      [signedHeaders(secret, 'msg-3', body, new Date(Date.now() - 5 * MINUTE_MS - 5000)), body],
      [signedHeaders(secret, 'msg-3', body, new Date(Date.now() + 6 * MINUTE_MS)), body],
      [signedHeaders(newSecret(), 'msg-3', body), body],
      [{}, body],
    ];
    for (const [given, text] of refused) expect(await post(given, text)).toBe(401);
    expect(await post(headers, body)).toBe(204);
    await until(() => jobs('forged') === 1);
    expect(jobs('altered')).toBe(0);
  });
});

test('the page has the message as it is sent', async () => {
  const told = JSON.parse(blockOf('json')) as { type: string; timestamp: string; data: Partial<JobRow> };
  const job = { ...told.data, kind: 'batch', owner: 'anna', code: '', message: '' } as JobRow;
  const database = sqlite();
  const store = database.open('page');
  const webhook = { id: 'webhook', owner: 'anna', url: '', secret, created_at: '' };
  await store.write([{ insert: 'webhooks', row: webhook }]);
  const [change] = await endings(store)(job);
  await store.close();
  await database.stop();
  const row = change && 'insert' in change && change.insert === 'deliveries' ? change.row : undefined;
  expect({ ...(JSON.parse(row?.body ?? '{}') as object), timestamp: told.timestamp }).toEqual(told);
});

test('the page says when it is tried again', () => {
  expect(PAUSES_MS.map((ms) => ms / 1000)).toEqual([5, 30, 120, 600, 3600, 18_000, 86_400]);
  expect(page.replaceAll('\n', ' ')).toContain(
    '5 seconds, 30 seconds, 2 minutes, 10 minutes, an hour, 5 hours and a day',
  );
});

function listens(port: number): Promise<boolean> {
  const { promise, resolve: tell } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', () => tell(true)).once('error', () => tell(false));
  return promise.finally(() => socket.destroy());
}
