/** Gateway and processing service as processes of their own, with somebody who is signed in. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool } from 'undici';
import { GatewayProcess } from '../tests/backend-node/gateway-process.ts';
import { startPyservice, type RunningService } from '../tests/backend-node/pyservice.ts';

export interface Services {
  /** Of the API, with /api/v1. */
  readonly url: string;
  readonly pool: Pool;
  readonly gateway: GatewayProcess;
  readonly service: RunningService;
  readonly data_dir: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Its cookies, as a browser sends them for <img>. */
  readonly cookies: string;
  stop(): Promise<void>;
}

const SOMEBODY = { email: 'bench@example.com', name: 'Bench', password: 'a photo of a mug on a table' };

export async function startServices(environment: Readonly<Record<string, string>> = {}): Promise<Services> {
  const data_dir = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const service = await startPyservice(data_dir, undefined, environment);
  const settings = { VITRINE_ACCESS_TOKEN_S: '3600', VITRINE_LOG_LEVEL: 'info', ...environment };
  const gateway = await GatewayProcess.start({ data_dir, service_url: service.url, environment: settings });
  const url = `${gateway.url}/api/v1`;
  const answer = await fetch(`${url}/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(SOMEBODY),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const pool = new Pool(gateway.url, { connections: 50 });
  return {
    url,
    pool,
    gateway,
    service,
    data_dir,
    headers: { Authorization: `Bearer ${access_token}` },
    cookies: answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; '),
    stop: async () => {
      await pool.destroy();
      await gateway.stop();
      await service.stop();
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
}

const BOUNDARY = 'vitrine-bench-0123456789';
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="`;
const TAIL = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

/** Sends a file as the form that a browser makes, at next to no cost of its own. Returns the id of the new image. */
export async function upload({ pool, headers }: Services, path: string): Promise<string> {
  const head = `${HEAD}${path.split('/').at(-1) ?? ''}"\r\nContent-Type: image/jpeg\r\n\r\n`;
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: '/api/v1/images',
    headers: { ...headers, 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([Buffer.from(head), await readFile(path), TAIL]),
  });
  const { items } = (await body.json()) as { items?: readonly { status: string; image?: { id: string } }[] };
  const item = items?.[0];
  if (statusCode !== 201 || !item?.image) throw new Error(`the upload of ${path} was answered with ${statusCode}`);
  return item.image.id;
}

const run = promisify(execFile);

/** The last line that bench/jpegs.py prints, as JSON. */
export async function jpegs<T>(...words: readonly string[]): Promise<T> {
  const { stdout } = await run('.venv/bin/python', ['-m', 'bench.jpegs', ...words]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** The last line of a benchmark. */
export function finish(name: string, ok: boolean, figures: object, asked: object): void {
  process.stdout.write(`${JSON.stringify({ name, ok, figures, asked })}\n`);
  process.exitCode = ok ? 0 : 1;
}

export const rounded = (value: number, places = 2): number => Number(value.toFixed(places));
