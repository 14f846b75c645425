// @vitest-environment jsdom
import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { extrasOf, picksOf } from '../../../../frontend/src/features/upload/picked.ts';
import { Sending } from '../../../../frontend/src/features/upload/sending.ts';
import { useJobs } from '../../../../frontend/src/lib/jobs/work.ts';
import { ZipSending } from '../../../../frontend/src/features/upload/zip-sending.ts';

/** What the gateway was sent, and what it answers: by the name of the file, or for every batch. */
const sent: { batches: { items: { name: string }[]; table?: string }[]; keys: (string | null)[]; uploads: string[] } = {
  batches: [],
  keys: [],
  uploads: [],
};
let refused: (name: string) => boolean;
let batchAnswer: () => Response;
/** So many zips break off on the way. */
let broken: number;

const problem = (status: number, code: string, detail: string): Response =>
  new Response(JSON.stringify({ code, status, detail, type: '', title: '', requestId: '' }), { status });

/** As much of the browser's as uploads use. */
class Request {
  status = 0;
  responseText = '';
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onloadend?: () => void;
  #url = '';
  open(_method: string, url: string): void {
    this.#url = url;
  }
  setRequestHeader(name: string, value: string): void {
    if (name.toLowerCase() === 'idempotency-key') sent.keys.push(value);
  }
  getResponseHeader(): null {
    return null;
  }
  abort(): void {}
  send(): void {
    const name = new URL(this.#url, 'http://here').searchParams.get('name') ?? this.#url;
    sent.uploads.push(name);
    if (this.#url.endsWith('/batches/zip') && broken > 0) {
      broken -= 1;
      return this.onerror?.();
    }
    const answer = this.#url.endsWith('/batches/zip')
      ? batchAnswer()
      : refused(name)
        ? problem(415, 'unsupported_format', 'No')
        : new Response(JSON.stringify({ items: [{ status: 'created', image: { id: `id of ${name}` } }] }));
    void answer.text().then((text) => {
      this.status = answer.status;
      this.responseText = text;
      this.upload.onprogress?.({ loaded: 1, total: 1 });
      this.onload?.();
      this.onloadend?.();
    });
  }
}

beforeEach(() => {
  Object.assign(sent, { batches: [], keys: [], uploads: [] });
  refused = () => false;
  broken = 0;
  batchAnswer = () => new Response(JSON.stringify({ id: 'B1' }), { status: 202 });
  vi.stubGlobal('XMLHttpRequest', Request);
  vi.stubGlobal('fetch', (_url: string, init?: RequestInit) => {
    if (typeof init?.body === 'string') {
      sent.batches.push(JSON.parse(init.body) as (typeof sent.batches)[number]);
      sent.keys.push(new Headers(init.headers).get('Idempotency-Key'));
    }
    return Promise.resolve(batchAnswer());
  });
});

afterEach(() => vi.unstubAllGlobals());

const THEN = { wish: { preset: 'auto' }, title: 'Automatic', by_product_group: false };
const WISH = { album: undefined, tags: [], folderTags: false, then: THEN };
const file = (name: string, text = '1234') => new File([text], name);
const namesIn = (at: number) => sent.batches[at]?.items.map(({ name }) => name);
const textIn = (at: number) => atob(sent.batches[at]?.table ?? '');

describe('Sending', () => {
  it('makes one batch once all files have come, and goes there while somebody looks', async () => {
    const went: string[] = [];
    const sending = new Sending(picksOf([file('a.jpg'), file('b.jpg')]), undefined, WISH, (to) => went.push(to));
    sending.following.watch();
    await vi.waitFor(() => expect(went).toEqual(['/batches/B1']));
    expect(sent.batches).toHaveLength(1);
    expect(sent.batches[0]).toMatchObject({ preset: 'auto', by_product_group: false });
    expect(namesIn(0)).toEqual(['a.jpg', 'b.jpg']);
    expect(sending.following.get()).toMatchObject({ state: 'made', id: 'B1', pictures: 2 });
  });

  it('makes none where nothing is to be done with them, and takes nobody anywhere who does not look', async () => {
    const went: string[] = [];
    const plain = new Sending(picksOf([file('a.jpg')]), undefined, { ...WISH, then: undefined }, (to) => went.push(to));
    await plain.job.ended();
    const unseen = new Sending(picksOf([file('b.jpg')]), undefined, WISH, (to) => went.push(to));
    await vi.waitFor(() => expect(unseen.following.get().state).toBe('made'));
    expect(sent.batches).toHaveLength(1);
    expect(went).toEqual([]);
  });

  it('makes it of those that came; what comes at the second try is in a batch of its own, with its rows alone', async () => {
    refused = (name) => name === 'bad.jpg';
    const files = [file('a.jpg'), file('bad.jpg'), file('v.csv', 'filename,brightness\na.jpg,1\nbad.jpg,2')];
    const went: string[] = [];
    const sending = new Sending(picksOf(files), extrasOf(files)[0]?.file, WISH, (to) => went.push(to));
    sending.following.watch();
    await vi.waitFor(() => expect(sending.following.get().state).toBe('made'));
    // Why one failed is to be seen here.
    expect(went).toEqual([]);
    expect(namesIn(0)).toEqual(['a.jpg']);
    expect(textIn(0)).toContain('bad.jpg,2');
    refused = () => false;
    sending.job.retry();
    await vi.waitFor(() => expect(sent.batches).toHaveLength(2));
    expect(namesIn(1)).toEqual(['bad.jpg']);
    expect(textIn(1)).toBe('"filename","brightness"\n"bad.jpg","2"');
    expect(sent.keys[0]).not.toBe(sent.keys[1]);
    await vi.waitFor(() => expect(went).toEqual(['/batches/B1']));
  });

  it('keeps what was wrong with the batch, and sends the same wish again by the same key', async () => {
    batchAnswer = () => problem(400, 'invalid_table', 'No column');
    const sending = new Sending(picksOf([file('a.jpg')]), undefined, WISH, () => undefined);
    await vi.waitFor(() => expect(sending.following.get()).toMatchObject({ state: 'failed', problem: 'No column' }));
    batchAnswer = () => new Response(JSON.stringify({ id: 'B2' }), { status: 202 });
    await sending.queue();
    expect(sending.following.get()).toMatchObject({ state: 'made', id: 'B2' });
    expect(sent.keys[0]).toBe(sent.keys[1]);
  });

  it('makes none of what was cancelled', async () => {
    const sending = new Sending(picksOf([file('a.jpg')]), undefined, WISH, () => undefined);
    sending.cancel();
    await sending.job.ended();
    expect(sending.following.get().state).toBe('none');
    expect(sent.batches).toEqual([]);
  });
});

describe('ZipSending', () => {
  const send = (go: (to: string) => void) => new ZipSending(file('all.zip'), undefined, THEN, WISH, go);

  it('is one request, and goes to its batch', async () => {
    const went: string[] = [];
    const sending = send((to) => went.push(to));
    sending.following.watch();
    await vi.waitFor(() => expect(went).toEqual(['/batches/B1']));
    expect(sent.uploads).toEqual(['/api/v1/batches/zip']);
  });

  describe('where the connection breaks off', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('is sent once more by itself, as the same request', async () => {
      broken = 1;
      const sending = send(() => undefined);
      await vi.runAllTimersAsync();
      expect(sending.following.get()).toMatchObject({ state: 'made', id: 'B1' });
      expect(sent.keys).toHaveLength(2);
      expect(new Set(sent.keys).size).toBe(1);
    });

    it('twice, waits to be sent again, as the same request still', async () => {
      broken = 2;
      const sending = send(() => undefined);
      await vi.runAllTimersAsync();
      expect(sending.job.get().tasks[0]?.note).toMatch(/broke off/);
      expect(sent.keys).toHaveLength(2);
      sending.job.retry();
      await vi.runAllTimersAsync();
      expect(sending.following.get().id).toBe('B1');
      expect(new Set(sent.keys).size).toBe(1);
    });
  });

  it('is work of the tab until it is a batch', async () => {
    const { result } = renderHook(() => useJobs());
    const taken = send(() => undefined);
    await taken.job.ended();
    batchAnswer = () => problem(422, 'broken_archive', 'No');
    const refusedOne = send(() => undefined);
    await refusedOne.job.ended();
    await waitFor(() => expect(result.current).toContain(refusedOne.job));
    expect(result.current).not.toContain(taken.job);
  });

  it('tells in plain words what is wrong with the zip', async () => {
    batchAnswer = () => problem(422, 'broken_archive', "Expected a path inside the zip, received '../a.jpg'");
    const sending = send(() => undefined);
    await sending.job.ended();
    expect(sending.job.get().tasks[0]?.note).toMatch(/leads outside of it.*Nothing of it was kept\.$/);
    expect(sending.following.get().state).toBe('none');
  });
});
