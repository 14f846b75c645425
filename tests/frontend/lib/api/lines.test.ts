import { expect, test } from 'vitest';
import { linesOf } from '../../../../frontend/src/lib/api/lines.ts';

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
