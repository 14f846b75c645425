/** What is asked for when a batch begins. */
import { choiceOf, countIn, type BatchPictures } from '../../../lib/data/batch-pictures.ts';
import type { BatchWish } from '../../../lib/data/batches.ts';
import type { RecipeWish } from '../../../lib/data/recipes.ts';
import { words } from '../words.ts';

export type Priority = NonNullable<BatchWish['priority']>;

export interface Chosen {
  readonly wish: RecipeWish | undefined;
  /** What that is called. */
  readonly title: string;
  readonly byGroup: boolean;
  readonly table: File | undefined;
  readonly channels: readonly string[];
  readonly name: string;
  readonly priority: Priority;
  /** Results take the place of what is shown. */
  readonly current: boolean;
}

export const NOTHING: Chosen = {
  wish: undefined,
  title: '',
  byGroup: false,
  table: undefined,
  channels: [],
  name: '',
  priority: 'normal',
  current: true,
};

/** As people would call it; '' where it is for the server to say. */
const nameFor = (title: string, count: number): string => (title === '' ? '' : words.fresh.nameFor(title, count));

/** table: the spreadsheet in base64; '' for none. */
export function wishOf(pictures: BatchPictures, wish: RecipeWish, chosen: Chosen, table: string): BatchWish {
  const { byGroup, channels, priority, current } = chosen;
  const name = chosen.name.trim() || nameFor(chosen.title, countIn(pictures));
  return {
    ...wish,
    ...choiceOf(pictures),
    by_product_group: byGroup,
    priority,
    current,
    ...(channels.length > 0 && { channels: [...channels] }),
    ...(name !== '' && { name }),
    ...(table !== '' && { table }),
  };
}
