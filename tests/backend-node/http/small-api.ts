/** An Api of a few routes of its own on a real store, listening on loopback. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import type { Routes } from '../../../backend-node/src/contract/route.ts';
import { Api } from '../../../backend-node/src/http/api.ts';
import type { Authenticate, Handlers, Who } from '../../../backend-node/src/http/call.ts';
import { handleProblems, unknownPage } from '../../../backend-node/src/http/problems.ts';
import { beginRequests } from '../../../backend-node/src/http/request.ts';
import { createLog } from '../../../backend-node/src/logs.ts';
import { openStore } from '../../../backend-node/src/store/open.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';

export interface SmallApi {
  readonly store: Store;
  readonly url: string;
  /** fetch, and the parsed answer. */
  call(path: string, init?: RequestInit): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
  stop(): Promise<void>;
}

export const SOMEBODY: Who = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  role: 'user',
  scopes: new Set(['images:read', 'images:write', 'process', 'account'] as const),
  session: '',
  key: '',
};

export async function startSmallApi<Rs extends Routes>(
  routes: Rs,
  handlers: Handlers<Rs>,
  who: Who | 'nobody' = SOMEBODY,
): Promise<SmallApi> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-api-'));
  const store = await openStore({ mongodb_uri: '', path: join(folder, 'metadata.sqlite') });
  const authenticate: Authenticate = () => Promise.resolve(who === 'nobody' ? undefined : who);
  const app = express();
  app.set('query parser', 'simple').set('etag', false);
  // Errors that a test provokes belong to it, not to the terminal.
  app.use(beginRequests(createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined })));
  app.use(new Api({ authenticate, store, checkAnswers: true }).add(routes, handlers).router());
  app.use(unknownPage, handleProblems);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    store,
    url,
    call: async (path, init) => {
      const answer = await fetch(url + path, init);
      const text = await answer.text();
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      return { status: answer.status, headers: answer.headers, body };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A request with a JSON body. */
export const sending = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json', ...headers },
});
