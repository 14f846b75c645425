/** What a spreadsheet says a picture is, written on the picture as well. */
import { setImmediate } from 'node:timers/promises';
import { ownEntry } from '../../events/journal.ts';
import type { Acting } from '../../http/call.ts';
import { edit } from '../../intake/change.ts';
import type { NewItem } from '../../ledger/items.ts';
import { textIn } from '../../ledger/shown.ts';
import { retried } from '../../store/retry.ts';
import type { BatchParts } from './parts.ts';

const LOT = 100;

/** SKU and product group of each picture, where the table has other ones than the picture. */
export async function label(
  { store, journal }: Pick<BatchParts, 'store' | 'journal'>,
  context: Acting,
  items: readonly NewItem[],
): Promise<void> {
  const told = items.filter(
    ({ image, wish, problem }) => !problem && image !== '' && wish['row'] !== null && facts(wish).length > 0,
  );
  for (let at = 0; at < told.length; at += LOT) {
    const lot = new Map(told.slice(at, at + LOT).map((item) => [item.image, item]));
    await retried(async () => {
      const { rows } = await store.find('images', { where: { id: { in: [...lot.keys()] } }, limit: LOT });
      const changed = rows.flatMap((row) => {
        const next = edit(Object.fromEntries(facts(lot.get(row.id)?.wish ?? {})))(row);
        return next === row ? [] : [{ update: 'images', row: next } as const];
      });
      const entry = ownEntry(context, 'image.changed', '', { ids: changed.map(({ row }) => row.id) });
      if (changed.length > 0) await journal.write(changed, entry);
    });
    await setImmediate();
  }
}

const facts = (wish: NewItem['wish']): [string, string][] =>
  (['sku', 'product_group'] as const).flatMap((name) => {
    const value = textIn(wish, name).trim();
    return value === '' ? [] : [[name, value]];
  });
