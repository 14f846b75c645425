import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Fetching } from '../../../../backend-node/src/features/imports/fetching.ts';
import type { ImportParts } from '../../../../backend-node/src/features/imports/parts.ts';
import { createLog } from '../../../../backend-node/src/logs.ts';
import { Processing } from '../../../../backend-node/src/processing/processing.ts';
import { Pyservice } from '../../../../backend-node/src/processing/pyservice.ts';
import type { ItemRow, JobRow } from '../../../../backend-node/src/store/rows.ts';

const log = createLog({ log_level: 'error', log_format: 'json' }, { write: () => undefined });
const job = { owner: 'anna', wish: { tags: [], album: '', process: null, batch: '' } } as unknown as JobRow;
const wish = { url: 'https://shop.example/a.jpg', sku: '', product_group: '', image_type: '', row: null };
const item = { id: 'i', wish } as unknown as ItemRow;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A processing service that answers every download with this problem. */
async function refusing(status: number, problem: object): Promise<Processing> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = new Pyservice({ url, secret: 'x'.repeat(48), log });
  ends.push(async () => {
    await service.close();
    server.close();
  });
  return new Processing(service);
}

test.each([
  [422, 'fetch_failed', { passing: true }, true],
  [422, 'fetch_failed', { passing: false }, false],
  [422, 'fetch_failed', undefined, false],
  [400, 'blocked_address', undefined, false],
  [415, 'unsupported_format', undefined, false],
  [500, 'internal_error', undefined, true],
])('a download that fails with %i %s and %o is tried again: %s', async (status, code, details, retry) => {
  const told = { type: 'x', code, status, title: 'T', detail: 'Why', requestId: 'r', ...(details && { details }) };
  const parts = { processing: await refusing(status, told), log } as unknown as ImportParts;
  const outcomes = [];
  const asking = { signal: AbortSignal.timeout(20_000), request: 'r' };
  for await (const outcome of new Fetching(parts).work(job, [item], asking)) outcomes.push(outcome);
  expect(outcomes).toEqual([{ item, problem: { code, detail: expect.any(String) as string }, retry }]);
});
