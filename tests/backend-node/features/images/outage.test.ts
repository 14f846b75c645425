import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { startPyservice } from '../../pyservice.ts';
import { formOf, png } from '../../photos.ts';
import { startStudio } from '../../studio.ts';
import type { Page } from './things.ts';

test('E8 a processing service that dies during an upload: 503, no row, and all is well when it is back', async () => {
  const data_dir = mkdtempSync(join(tmpdir(), 'vitrine-outage-'));
  writeFileSync(join(data_dir, 'service.secret'), inject('pyservice').secret, { mode: 0o600 });
  let service = await startPyservice(data_dir);
  const studio = await startStudio({ service_url: service.url });
  try {
    const anna = await studio.signUp('anna');
    const upload = () => anna.call('/images', { method: 'POST', body: formOf([['mug.png', png()]]) });
    const bytes = png(1500, 1000, [1, 1, 1], 3);
    const req = request(`${studio.url}/api/v1/images`, {
      method: 'POST',
      headers: { 'Content-Type': 'image/png', 'Content-Length': bytes.length, Authorization: `Bearer ${anna.token}` },
    });
    const answered = once(req, 'response') as Promise<
      [{ statusCode: number; headers: Record<string, string>; resume(): void }]
    >;
    req.write(bytes.subarray(0, bytes.length / 2));
    await sleep(500);
    for (const pid of familyOf(service.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    await once(service.child, 'exit');
    req.end(bytes.subarray(bytes.length / 2));
    const [answer] = await answered;
    answer.resume();
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    const refused = await upload();
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'processing_unavailable' });
    expect((await anna.json<Page>('GET', '/images')).items).toEqual([]);
    service = await startPyservice(data_dir, service.port);
    await sleep(2500);
    expect((await upload()).status).toBe(201);
  } finally {
    await studio.stop();
    await service.stop();
    rmSync(data_dir, { recursive: true, force: true });
  }
}, 180_000);

/** The process and all that it started. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}
