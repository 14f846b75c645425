/** E8, the part about webhooks: what is to be told is told, though the gateway is killed before it could. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery, Webhook } from '../../../backend-node/src/contract/webhooks.ts';
import { Receiver, until } from '../features/webhooks/receiver.ts';
import { GatewayProcess } from '../gateway-process.ts';
import { freePort, startPyservice, type RunningService } from '../pyservice.ts';
import { clientOf, PASSWORD } from '../studio.ts';

let home: string;
let receiver: Receiver;
let gateway: GatewayProcess;
let service: RunningService | undefined;
let port: number;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'vitrine-told-'));
  receiver = await Receiver.start();
  port = await freePort();
  gateway = await GatewayProcess.start({ data_dir: home, service_url: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await gateway.stop();
  await service?.stop();
  receiver.stop();
  rmSync(home, { recursive: true, force: true });
});

test('E8 a webhook is told once the gateway is back that was killed before it could tell it', async () => {
  const account = { email: 'ana@example.com', name: 'Ana', password: PASSWORD };
  const stranger = clientOf(gateway.url, '', '', '');
  const { access_token } = await stranger.json<{ access_token: string }>('POST', '/auth/register', account, 201);
  const ana = clientOf(gateway.url, '', '', access_token);
  const { id } = await ana.json<Webhook>('POST', '/webhooks', { url: receiver.url('/told') }, 201);
  const waiting = await ana.json<Delivery>('POST', `/webhooks/${id}/test`, undefined, 202);
  await gateway.kill();
  expect(receiver.letters).toHaveLength(0);
  service = await startPyservice(home, port, { VITRINE_FETCH_ALLOW: receiver.place });
  await gateway.start();
  // Who was killed while sending holds it for a minute.
  await until(() => receiver.letters.length > 0, 90_000);
  expect(receiver.letters.map(({ headers }) => headers['webhook-id'])).toEqual([waiting.id]);
}, 180_000);
