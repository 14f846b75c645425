import { expect, test } from 'vitest';
import { linesOf, partsOf } from '../../../../frontend/src/lib/api/lines.ts';

async function all(answer: Response): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(answer)) lines.push(line);
  return lines;
}

test.each([
  ['', []],
  ['one', ['one']],
  ['one\ntwo\n', ['one', 'two']],
  ['one\n\nzwölf', ['one', 'zwölf']],
])('takes %j apart', async (text, lines) => {
  expect(await all(new Response(text))).toEqual(lines);
});

test('has none where there is no body', async () => {
  expect(await all(new Response(null))).toEqual([]);
});

test('takes blocks apart at what stands between them, wherever the chunks end', async () => {
  const chunks = ['id: 1\n', '\nid: 2\nevent: a\n\n', 'id'].map((text) => new TextEncoder().encode(text));
  const body = new ReadableStream<Uint8Array>({
    start: (to) => {
      for (const chunk of chunks) to.enqueue(chunk);
      to.close();
    },
  });
  const parts: string[] = [];
  for await (const part of partsOf(new Response(body), '\n\n')) parts.push(part);
  expect(parts).toEqual(['id: 1', 'id: 2\nevent: a', 'id']);
});

test('reads no further once nobody wants more', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (to) => to.enqueue(new TextEncoder().encode('line\n')),
    cancel: () => void (cancelled = true),
  });
  for await (const line of linesOf(new Response(endless))) if (line === 'line') break;
  expect(cancelled).toBe(true);
});
