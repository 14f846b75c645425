/** Every ledger test runs on both kinds of database. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { LedgerParts } from '../../../backend-node/src/ledger/job-rows.ts';
import type { Store } from '../../../backend-node/src/store/store.ts';
import { overTheWire, sqlite } from '../store/databases.ts';
import { benchOn, type Bench } from './bench.ts';

/** A ledger on a database of its own; it ends with the test. */
export type Fresh = (endings?: LedgerParts['endings']) => Bench;

export function onBothStores(tests: (fresh: Fresh) => void): void {
  for (const database of [sqlite(), overTheWire(false)]) {
    const title = database.missing === undefined ? database.title : `${database.title}: ${database.missing}`;
    describe.skipIf(database.missing !== undefined)(title, () => {
      let names = 0;
      const benches: Bench[] = [];
      const stores: Store[] = [];

      beforeAll(() => database.start());
      afterEach(async () => {
        for (const bench of benches.splice(0)) await bench.stop();
        for (const store of stores.splice(0)) await store.close();
      });
      afterAll(() => database.stop());

      tests((endings) => {
        const store = database.open(`ledger${String((names += 1))}`);
        const bench = benchOn(store, endings);
        stores.push(store);
        benches.push(bench);
        return bench;
      });
    });
  }
}
