/** A bucket on a server of this machine that speaks S3, and what it was asked. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './pyservice.ts';

const BOOT_MS = 60_000;
/** The server wants to see one, and does not check it. */
const SIGNED = {
  Authorization:
    'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x',
};

export interface Bucket {
  readonly url: string;
  readonly endpoint: string;
  /** Names it to pyservice. */
  readonly environment: Readonly<Record<string, string>>;
  /** How often a blob was asked for with this method, so far. */
  asked(method: string, blob: string): number;
  /** Puts other bytes in its place. */
  alter(blob: string, bytes: Buffer): Promise<void>;
  stop(): Promise<void>;
}

export async function startBucket(): Promise<Bucket> {
  const port = await freePort();
  const child = spawn('.venv/bin/moto_server', ['-p', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (data) => (log += String(data)));
  const endpoint = `http://127.0.0.1:${port}`;
  const latest = Date.now() + BOOT_MS;
  const made = (): Promise<boolean> =>
    fetch(`${endpoint}/pictures`, { method: 'PUT' }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await made())) {
    if (Date.now() > latest || child.exitCode !== null) throw new Error(`Expected an S3 server, received: ${log}`);
    await sleep(100);
  }
  const path = (blob: string): string => `/pictures/blobs/${blob.slice(0, 2)}/${blob.slice(2, 4)}/${blob}`;
  return {
    url: 's3://pictures/blobs',
    endpoint,
    environment: {
      VITRINE_BLOB_URL: 's3://pictures/blobs',
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
    },
    asked: (method, blob) => log.split(`${method} ${path(blob)}`).length - 1,
    alter: async (blob, body) => {
      const answer = await fetch(endpoint + path(blob), { method: 'PUT', headers: SIGNED, body: new Uint8Array(body) });
      if (!answer.ok) throw new Error(`Expected the object to be replaced, received ${answer.status}`);
    },
    stop: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
