/** Saved recipes: pyservice judges them, the gateway remembers whose they are. */
import { SavedRecipe, type NewRecipe, type RecipeChange } from '../../contract/recipes.ts';
import { GatewayError } from '../../errors.ts';
import { ownEntry, type Journal } from '../../events/journal.ts';
import { expectRevision, type Context } from '../../http/call.ts';
import { newId, now } from '../../ids.ts';
import type { Processing } from '../../processing/processing.ts';
import { blobsIn, expectUsable } from '../../store/held-blobs.ts';
import { owned } from '../../store/owned.ts';
import { readableRecipe } from '../../store/recipe-wish.ts';
import { releasing } from '../../store/released.ts';
import { retried } from '../../store/retry.ts';
import type { RecipeRow } from '../../store/rows.ts';
import type { Page, Position, Store } from '../../store/store.ts';

const MOST_RECIPES = 1000;

export interface RecipesParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly processing: Processing;
}

export class Recipes {
  readonly #parts: RecipesParts;

  constructor(parts: RecipesParts) {
    this.#parts = parts;
  }

  /** The caller's own, or all that are shared. */
  list({ who }: Context, shared: boolean, limit: number, after: Position | undefined): Promise<Page<RecipeRow>> {
    const where = shared ? ({ shared: 'yes' } as const) : { owner: who.id };
    return this.#parts.store.find('recipes', { where, order: ['name', 'asc'], limit, after });
  }

  get({ who }: Context, id: string): Promise<RecipeRow> {
    return readableRecipe(this.#parts.store, id, who.id);
  }

  /** Rejects with invalid_recipe, not_found for a picture in it, conflict where there are too many. */
  async create(context: Context, { name, description, recipe, shared }: NewRecipe): Promise<RecipeRow> {
    const { store, journal } = this.#parts;
    if ((await store.count('recipes', { where: { owner: context.who.id } })) >= MOST_RECIPES) {
      throw new GatewayError('conflict', `Expected fewer than ${MOST_RECIPES} saved recipes: delete some first`);
    }
    const made_at = now();
    const row = {
      id: newId(),
      owner: context.who.id,
      name,
      description,
      shared: shared ? 'yes' : 'no',
      ...(await this.#judged(context, recipe)),
      created_at: made_at,
      updated_at: made_at,
    } as const;
    await journal.write([{ insert: 'recipes', row }], ownEntry(context, 'recipe.created', row.id));
    return { ...row, revision: 1 };
  }

  async change(context: Context, id: string, change: RecipeChange, expected: number | undefined): Promise<RecipeRow> {
    const { store, journal } = this.#parts;
    await this.#own(context, id);
    const judged = change.recipe && (await this.#judged(context, change.recipe));
    return retried(async () => {
      const before = await this.#own(context, id);
      expectRevision(before, expected);
      const row = changed(before, change, judged);
      const gone = before.blobs.filter((blob) => !row.blobs.includes(blob));
      const changes = [{ update: 'recipes', row } as const, ...(await releasing(store, gone))];
      await journal.write(changes, ownEntry(context, 'recipe.changed', id));
      return { ...row, revision: row.revision + 1 };
    });
  }

  delete(context: Context, id: string, expected: number | undefined): Promise<void> {
    const { store, journal } = this.#parts;
    return retried(async () => {
      const row = await this.#own(context, id);
      expectRevision(row, expected);
      const gone = { remove: 'recipes', id, revision: row.revision } as const;
      await journal.write([gone, ...(await releasing(store, row.blobs))], ownEntry(context, 'recipe.deleted', id));
    });
  }

  #own({ who }: Context, id: string): Promise<RecipeRow> {
    return owned(this.#parts.store, 'recipes', id, who.id);
  }

  async #judged(context: Context, recipe: unknown): Promise<Pick<RecipeRow, 'recipe' | 'blobs'>> {
    await expectUsable(this.#parts.store, context.who.id, recipe);
    const judged = await this.#parts.processing.judge(recipe, context);
    return { recipe: judged, blobs: blobsIn(judged) };
  }
}

function changed(
  before: RecipeRow,
  { name = before.name, description = before.description, shared }: RecipeChange,
  judged: Pick<RecipeRow, 'recipe' | 'blobs'> | undefined,
): RecipeRow {
  const sharing = shared === undefined ? before.shared : shared ? 'yes' : 'no';
  return { ...before, name, description, shared: sharing, ...judged, updated_at: now() };
}

export const shown = (row: RecipeRow, { who }: Context): SavedRecipe =>
  SavedRecipe.parse({ ...row, shared: row.shared === 'yes', mine: row.owner === who.id });
