import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../backend-node/src/store/open.ts';
import { releasing } from '../../../backend-node/src/store/released.ts';

test('a blob that somebody was promised for longer stays as long, and no shorter', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-released-'));
  const store = await openStore({ mongodb_uri: '', path: join(folder, 'metadata.sqlite') });
  const blob = 'a'.repeat(64);
  const hour = new Date(Date.now() + 3_600_000).toISOString();
  const later = new Date(Date.now() + 7_200_000).toISOString();
  const releasedAt = async () => (await store.get('released', blob))?.released_at;
  try {
    await store.write(await releasing(store, [blob]));
    await store.write(await releasing(store, [blob], hour));
    expect(await releasedAt()).toBe(hour);
    await store.write(await releasing(store, [blob]));
    expect(await releasedAt()).toBe(hour);
    await store.write(await releasing(store, [blob], later));
    expect(await releasedAt()).toBe(later);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
