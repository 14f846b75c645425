import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { hurryOutlines, type Outline } from '../../../../frontend/src/lib/data/outline.ts';

test('what is gone leaves every list it was in, with its shape', () => {
  const client = new QueryClient();
  const lists = { all: ['a', 'b', 'c'], shoes: ['b'], bags: ['c'] };
  for (const [tag, ids] of Object.entries(lists)) {
    client.setQueryData<Outline>(keys.outline({ tag }), {
      ids,
      ratios: Float32Array.from(ids, (id) => id.charCodeAt(0)),
      complete: true,
    });
  }
  hurryOutlines(client, ['b']);
  const of = (tag: string) => client.getQueryData<Outline>(keys.outline({ tag }));
  expect(of('all')?.ids).toEqual(['a', 'c']);
  expect([...(of('all')?.ratios ?? [])]).toEqual([97, 99]);
  expect(of('shoes')?.ids).toEqual([]);
  expect(of('bags')?.ids).toEqual(['c']);
});
