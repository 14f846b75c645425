/** What is to be done to a picture: a recipe, or the name of one. */
import { z } from 'zod';
import { Id, RecipeDocument } from './common.ts';

export const wishFields = {
  recipe: RecipeDocument.optional(),
  preset: z.string().min(1).max(100).optional().describe('Name of a shipped recipe: GET /presets.'),
  saved_recipe: Id.optional().describe('A saved recipe of yours, or one that is shared: GET /recipes.'),
};

export interface RecipeWish {
  readonly recipe?: z.output<typeof RecipeDocument> | undefined;
  readonly preset?: string | undefined;
  readonly saved_recipe?: string | undefined;
}

export const isOneWish = ({ recipe, preset, saved_recipe }: RecipeWish): boolean =>
  [recipe, preset, saved_recipe].filter((wish) => wish !== undefined).length === 1;

export const ONE_WISH = 'Expected exactly one of recipe, preset and saved_recipe';
