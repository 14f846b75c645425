/** A gateway of its own for a test file: real store in a temporary folder, the real pyservice, people who are signed in. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createApp, createDispatcher, type Parts } from '../../backend-node/src/app.ts';
import { loadSettings } from '../../backend-node/src/config.ts';
import { Journal } from '../../backend-node/src/events/journal.ts';
import type { Pace } from '../../backend-node/src/features/events/parts.ts';
import { newId } from '../../backend-node/src/ids.ts';
import type { Rhythm } from '../../backend-node/src/ledger/dispatcher.ts';
import { createLog } from '../../backend-node/src/logs.ts';
import { Processing } from '../../backend-node/src/processing/processing.ts';
import { Pyservice } from '../../backend-node/src/processing/pyservice.ts';
import { openStore } from '../../backend-node/src/store/open.ts';
import { removed } from '../../backend-node/src/store/remove.ts';

export const PASSWORD = 'correct horse battery staple';

/** Somebody who calls the API. */
export interface Client {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  /** fetch below /api/v1, with the token. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** A JSON request; the parsed answer, or an error that shows what came instead of the expected status. */
  json<T = Record<string, unknown>>(method: string, path: string, body?: unknown, status?: number): Promise<T>;
}

export interface Studio {
  readonly url: string;
  readonly parts: Parts;
  readonly server: Server;
  readonly data_dir: string;
  /** Somebody who is not signed in. */
  readonly stranger: Client;
  /** A new account. The first one of a studio is its admin. */
  signUp(name: string): Promise<Client>;
  stop(): Promise<void>;
}

export interface StudioOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly service_url?: string;
  readonly mongodb_uri?: string;
  readonly log_level?: string;
  /** Of pyservice’s heart, where it shall be another than usual. */
  readonly beat_ms?: number;
  readonly pace?: Pace;
  /** Works on batches and imports, this often looking for more; left out: nobody does. */
  readonly rhythm?: Rhythm;
}

export async function startStudio(options: StudioOptions = {}): Promise<Studio> {
  const pyservice = inject('pyservice');
  const data_dir = mkdtempSync(join(tmpdir(), 'vitrine-gateway-'));
  const settings = loadSettings({
    VITRINE_DATA_DIR: data_dir,
    VITRINE_SERVICE_URL: options.service_url ?? pyservice.url,
    VITRINE_LOG_LEVEL: options.log_level ?? 'error',
    VITRINE_RATE_LIMIT: '0',
    MONGODB_URI: options.mongodb_uri ?? '',
    ...options.environment,
  });
  const log = createLog(settings);
  const { beat_ms, pace } = options;
  const service = new Pyservice({
    url: settings.service_url,
    secret: pyservice.secret,
    log,
    ...(beat_ms !== undefined && { beat_ms }),
  });
  const store = await openStore({ mongodb_uri: settings.mongodb_uri, path: join(data_dir, 'metadata.sqlite') });
  const parts: Parts = {
    settings,
    secret: randomBytes(48).toString('base64url'),
    store,
    journal: new Journal(store),
    processing: new Processing(service),
    log,
    holder: newId(),
    checkAnswers: true,
    ...(pace && { pace }),
  };
  const server = createServer(createApp(parts)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stopDispatching = options.rhythm ? createDispatcher(parts, options.rhythm).start() : undefined;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    parts,
    server,
    data_dir,
    stranger: clientOf(url, '', '', ''),
    signUp: async (name) => {
      const client = await signUp(url, name);
      await forgetSignUps(parts);
      return client;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await stopDispatching?.();
      await store.close();
      await service.close();
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
}

/** One address may sign up 20 times an hour; tests do so more often. */
async function forgetSignUps({ store }: Parts): Promise<void> {
  const { rows } = await store.find('throttles', { limit: 100 });
  for (const { id } of rows) if (id.startsWith('sign-up-')) await removed(store, 'throttles', id);
}

async function signUp(url: string, name: string): Promise<Client> {
  const email = `${name}@example.com`;
  const stranger = clientOf(url, '', email, '');
  const body = { email, name, password: PASSWORD };
  const answer = await stranger.json<{ access_token: string; user: { id: string } }>(
    'POST',
    '/auth/register',
    body,
    201,
  );
  return clientOf(url, answer.user.id, email, answer.access_token);
}

export function clientOf(url: string, id: string, email: string, token: string): Client {
  const call = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (token !== '' && !headers.has('Authorization')) headers.set('Authorization', `Bearer ${token}`);
    return fetch(`${url}/api/v1${path}`, { ...init, headers });
  };
  return {
    id,
    email,
    token,
    call,
    json: async <T>(method: string, path: string, body?: unknown, status = 200): Promise<T> => {
      const sent =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
      const answer = await call(path, { method, ...sent });
      const text = await answer.text();
      if (answer.status !== status)
        throw new Error(`${method} ${path}: expected ${status}, received ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}
