/** Starts the gateway: settings, store, app, listening; and ends it again without cutting anybody off. */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp, createDispatcher, type Parts } from './app.ts';
import { InvalidConfig, loadSettings, type Settings } from './config.ts';
import { Journal } from './events/journal.ts';
import { finishDeletions } from './features/auth/deletion.ts';
import { chores } from './features/housekeeping/chores.ts';
import { keepHouse } from './features/housekeeping/loop.ts';
import { Deliveries } from './features/webhooks/deliveries.ts';
import { builtApp } from './http/app-files.ts';
import { newId } from './ids.ts';
import { createLog } from './logs.ts';
import { Processing } from './processing/processing.ts';
import { Pyservice } from './processing/pyservice.ts';
import { secretFrom } from './secrets.ts';
import { openStore } from './store/open.ts';

const GRACE_MS = 20_000;
const IDLE_MS = 100;

async function main(): Promise<void> {
  const settings = loadSettings();
  const log = createLog(settings);
  mkdirSync(settings.data_dir, { recursive: true, mode: 0o700 });
  const secret = secretFrom(settings.auth_secret, settings.data_dir, 'auth.secret', 'VITRINE_AUTH_SECRET');
  const pyservice = new Pyservice({ url: settings.service_url, secret: serviceSecret(settings), log });
  const store = await openStore({
    mongodb_uri: settings.mongodb_uri,
    path: join(settings.data_dir, 'metadata.sqlite'),
  });
  const ending = new AbortController();
  const journal = new Journal(store);
  const processing = new Processing(pyservice);
  const app_dir = builtApp();
  const parts: Parts = {
    settings,
    secret,
    store,
    journal,
    processing,
    log,
    holder: newId(),
    ending: ending.signal,
    ...(app_dir !== undefined && { app_dir }),
  };
  const server = createServer(
    { requestTimeout: 0, headersTimeout: 20_000, keepAliveTimeout: 15_000 },
    createApp(parts),
  );
  server.listen(settings.port, settings.host, () => log.info({ address: server.address() }, 'listening'));
  const deletions = { name: 'finish deletions of accounts', run: () => finishDeletions(parts).then(() => 0) };
  const house = keepHouse([deletions, ...chores(parts)], log);
  const stopDispatching = createDispatcher(parts).start();
  const deliveries = new Deliveries(parts).start();
  await ended();
  log.info('stopping');
  ending.abort();
  const idle = Promise.all([house.stop(), deliveries.stop(), stopDispatching()]);
  server.close();
  // Connections fall idle one by one, as what was under way is answered; browsers would ask again on them.
  setInterval(() => server.closeIdleConnections(), IDLE_MS).unref();
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  await new Promise((resolve) => server.once('close', resolve));
  await Promise.race([idle, sleep(GRACE_MS, undefined, { ref: false })]);
  await store.close();
  await pyservice.close();
}

const serviceSecret = (settings: Settings): string =>
  secretFrom(settings.service_secret, settings.data_dir, 'service.secret', 'VITRINE_SERVICE_SECRET');

const ended = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });

main().catch((error: unknown) => {
  const told =
    error instanceof InvalidConfig
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${told}\n`);
  process.exitCode = 1;
});
