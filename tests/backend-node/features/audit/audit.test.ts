import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../../backend-node/src/contract/audit.ts';
import { startStudio, type Client, type Studio } from '../../studio.ts';

type Page = { items: AuditEntry[]; nextCursor: string | null };
type Verdict = { entries: number; head: string; broken_at: number | null };

let studio: Studio;
let admin: Client;
let anna: Client;
let middle: string;

const write = (owner: string, actor: string, action: string, target = 't'): Promise<void> =>
  studio.parts.journal.write([], { owner, actor, action, target, details: { n: 1 }, request: 'r' });

beforeAll(async () => {
  studio = await startStudio();
  admin = await studio.signUp('admin');
  anna = await studio.signUp('anna');
  for (let at = 0; at < 5; at += 1) await write(anna.id, anna.id, 'image.tagged', `image-${at}`);
  await sleep(5);
  middle = new Date().toISOString();
  await sleep(5);
  await write(anna.id, admin.id, 'image.trashed', 'image-1');
  await write(admin.id, anna.id, 'recipe.used', 'recipe-1');
  await write(admin.id, admin.id, 'album.created', 'album-1');
});
afterAll(() => studio.stop());

async function all(who: Client, query = ''): Promise<AuditEntry[]> {
  const seen: AuditEntry[] = [];
  for (let cursor = ''; ;) {
    const page = await who.json<Page>('GET', `/audit?limit=2${query}${cursor}`);
    seen.push(...page.items);
    if (page.nextCursor === null) return seen;
    cursor = `&cursor=${page.nextCursor}`;
  }
}

const told = (entries: readonly AuditEntry[]): string[] => entries.map(({ action, target }) => `${action} ${target}`);

describe('the log', () => {
  test('shows what one did and what was done to one’s things, newest first, each once', async () => {
    const entries = await all(anna);
    const seqs = entries.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => other - one));
    expect(told(entries).slice(0, 3)).toEqual([
      'recipe.used recipe-1',
      'image.trashed image-1',
      'image.tagged image-4',
    ]);
    expect(entries.every(({ owner, actor }) => owner === anna.id || actor === anna.id)).toBe(true);
    const expected = await studio.parts.store.count('journal', { where: { owner: anna.id } });
    expect(entries).toHaveLength(expected + 1);
  });

  test('shows the same in pages of any size', async () => {
    const whole = await anna.json<Page>('GET', '/audit?limit=200');
    expect(whole.nextCursor).toBeNull();
    expect(await all(anna)).toEqual(whole.items);
  });

  test('shows everybody’s entries to an admin, and to nobody else', async () => {
    expect(await all(admin, '&all=true')).toHaveLength(await studio.parts.store.count('journal', {}));
    expect((await anna.call('/audit?all=true')).status).toBe(403);
    expect((await anna.call('/audit/verify')).status).toBe(403);
    expect((await studio.stranger.call('/audit')).status).toBe(401);
  });

  test('can be asked by actor, action, target and time', async () => {
    const some = (query: string): Promise<AuditEntry[]> => all(admin, `&all=true${query}`);
    const total = await studio.parts.store.count('journal', {});
    expect(told(await some('&target=image-1'))).toEqual(['image.trashed image-1', 'image.tagged image-1']);
    expect(told(await some('&action=image.trashed'))).toEqual(['image.trashed image-1']);
    expect(told(await some(`&actor=${anna.id}&from=${middle}`))).toEqual(['recipe.used recipe-1']);
    expect(told(await some(`&from=${middle}`))).toHaveLength(3);
    expect(told(await some(`&to=${middle}`))).toHaveLength(total - 3);
    expect(await some('&from=2999-01-01T00:00:00Z')).toEqual([]);
    expect(await some('&to=2999-01-01T00:00:00Z')).toHaveLength(total);
    expect(await some('&to=2000-01-01T00:00:00Z')).toEqual([]);
    expect(await some(`&from=${middle}&to=${middle}`)).toEqual([]);
  });

  test('can be asked so about one’s own entries, without showing others’', async () => {
    expect(told(await all(anna, `&actor=${admin.id}`))).toEqual(['image.trashed image-1']);
    expect(told(await all(anna, `&actor=${anna.id}&from=${middle}`))).toEqual(['recipe.used recipe-1']);
    expect(await all(anna, '&target=album-1')).toEqual([]);
  });

  test.each(['?from=yesterday', '?all=1', '?owner=x', '?actor[$ne]=x', '?cursor=x', '?limit=201'])(
    'refuses %s',
    async (query) => {
      expect((await admin.call(`/audit${query}`)).status).toBe(400);
    },
  );

  test('of everybody is no place to go on in one’s own', async () => {
    const { nextCursor } = await admin.json<Page>('GET', '/audit?all=true&limit=1');
    expect((await admin.call(`/audit?cursor=${nextCursor ?? ''}`)).status).toBe(400);
  });
});

describe('E4 an entry', () => {
  test('cannot be changed or deleted over HTTP', async () => {
    const before = await admin.json<Verdict>('GET', '/audit/verify');
    const [entry] = await all(admin, '&all=true');
    for (const path of ['/audit', `/audit/${entry?.seq ?? 1}`, '/audit/verify']) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await admin.call(path, {
          method,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ ...entry, actor: 'eve' }),
        });
        expect([404, 405]).toContain(answer.status);
      }
    }
    expect(before.broken_at).toBeNull();
    expect(await admin.json('GET', '/audit/verify')).toEqual(before);
  });

  test('changed in the database around its rules is told by its place', async () => {
    const before = await admin.json<Verdict>('GET', '/audit/verify');
    expect(before).toEqual({
      entries: await studio.parts.store.count('journal', {}),
      head: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      broken_at: null,
    });
    const db = new DatabaseSync(join(studio.data_dir, 'metadata.sqlite'));
    const change = `UPDATE journal SET doc = json_set(doc, '$.actor', 'eve') WHERE seq = 4`;
    expect(() => db.exec(change)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM journal WHERE seq = 4')).toThrow(/never changed/);
    expect(await admin.json('GET', '/audit/verify')).toEqual(before);
    db.exec('DROP TRIGGER journal__no_update');
    db.exec(change);
    db.close();
    expect(await admin.json('GET', '/audit/verify')).toMatchObject({ entries: 3, broken_at: 4 });
  });
});
