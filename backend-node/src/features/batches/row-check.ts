/** What is wrong with a row of a table, besides what its columns and values tell by themselves. */
import { IMAGE_TEXTS } from '../../contract/tags.ts';
import { isProblem } from '../../errors.ts';
import type { NewItem } from '../../ledger/items.ts';
import type { WorklistLine } from '../../processing/shapes.ts';
import { blobsIn, expectUsable } from '../../store/held-blobs.ts';
import type { Store } from '../../store/store.ts';

type Problem = NonNullable<NewItem['problem']>;
type Row = Pick<WorklistLine, 'row' | 'problem' | 'sku' | 'product_group' | 'overrides'>;

const FACTS = ['sku', 'product_group'] as const;

export class RowCheck {
  readonly #store: Store;
  readonly #owner: string;
  /** Many rows name the same picture. */
  readonly #known = new Map<string, Promise<string>>();

  constructor(store: Store, owner: string) {
    this.#store = store;
    this.#owner = owner;
  }

  /** Undefined where nothing is. */
  async problem(line: Row): Promise<Problem | undefined> {
    if (line.problem !== '') return { code: 'invalid_table', detail: line.problem };
    const unfit = unfitFact(line);
    if (unfit !== '') return { code: 'invalid_table', detail: `Row ${line.row ?? 0}, ${unfit}` };
    for (const blob of blobsIn(line.overrides)) {
      const unusable = await this.#unusable(blob);
      if (unusable !== '') return { code: 'not_found', detail: `Row ${line.row ?? 0}: ${unusable}` };
    }
    return undefined;
  }

  #unusable(blob: string): Promise<string> {
    const known = this.#known.get(blob) ?? this.#asked(blob);
    this.#known.set(blob, known);
    return known;
  }

  /** Why they may not use it; '' where they may. */
  async #asked(blob: string): Promise<string> {
    try {
      await expectUsable(this.#store, this.#owner, blob);
      return '';
    } catch (error) {
      if (!isProblem(error, 'not_found')) throw error;
      return error.message;
    }
  }
}

/** What no image may have written on it; '' where all fits. */
function unfitFact(line: Row): string {
  for (const name of FACTS) {
    const parsed = IMAGE_TEXTS[name].safeParse(line[name]);
    if (!parsed.success) return `column '${name}': ${parsed.error.issues[0]?.message ?? 'Expected another value'}`;
  }
  return '';
}
