/** A batch as somebody outside sees it. */
import type { Batch as Shown, BatchItem } from '../../backend-node/src/contract/batches.ts';
import type { Caller } from './caller.ts';
import { until } from './processes.ts';

const MOST_S = 3600;
const ENDED: ReadonlySet<string> = new Set(['done', 'partial', 'failed', 'cancelled']);

export class Batch {
  readonly id: string;
  readonly total: number;
  readonly #caller: Caller;

  constructor(caller: Caller, { id, total }: Pick<Shown, 'id' | 'total'>) {
    this.#caller = caller;
    this.id = id;
    this.total = total;
  }

  now(): Promise<Shown> {
    return this.#caller.json<Shown>('GET', `/batches/${this.id}`);
  }

  /** Until that share of it is done. */
  async reached(share: number): Promise<void> {
    const isThere = async (): Promise<true | undefined> => {
      const { counts, state } = await this.now();
      if (ENDED.has(state)) throw new Error(`Expected a batch that is under way at ${share}, it is ${state}`);
      return counts.done >= share * this.total ? true : undefined;
    };
    await until(`${share * 100} % of the batch`, isThere, MOST_S);
  }

  /** Until it says what holds it up; the code of that. */
  trouble(): Promise<string> {
    return until('a batch that tells its trouble', async () => (await this.now()).trouble?.code, MOST_S);
  }

  async ended(): Promise<Shown> {
    return until(
      'a batch that ends',
      async () => {
        const shown = await this.now();
        return ENDED.has(shown.state) ? shown : undefined;
      },
      MOST_S,
    );
  }

  async items(): Promise<readonly BatchItem[]> {
    const found: BatchItem[] = [];
    for (let from: number | null = 1; from !== null;) {
      const page: { items: BatchItem[]; next: number | null } = await this.#caller.json(
        'GET',
        `/batches/${this.id}/items?limit=200&from=${from}`,
      );
      found.push(...page.items);
      from = page.next;
    }
    return found;
  }

  table(): Promise<string> {
    return this.#caller.text(`/batches/${this.id}/result.csv`);
  }
}
