/** Saved recipes: an account's own, and those that others share. */
import { z } from 'zod';
import { flag, Id, IdParams, line, NoContent, PageQuery, pageOf, RecipeDocument, Revision, Time } from './common.ts';
import { routes } from './route.ts';

export const SavedRecipe = z
  .object({
    id: Id,
    revision: Revision,
    name: z.string().describe('Show it as text, never as markup.'),
    description: z.string(),
    recipe: RecipeDocument,
    shared: z.boolean().describe('Whether every account of the studio may read and use it.'),
    mine: z.boolean().describe('Whether it is the caller’s own.'),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'SavedRecipe' });
export type SavedRecipe = z.infer<typeof SavedRecipe>;

const fields = {
  name: line(100).min(1),
  description: z.string().trim().max(2000),
  recipe: RecipeDocument,
  shared: z.boolean(),
};

const NewRecipe = z.strictObject({
  ...fields,
  description: fields.description.default(''),
  shared: fields.shared.default(false),
});
export type NewRecipe = z.output<typeof NewRecipe>;

const RecipeChange = z
  .strictObject({
    name: fields.name.optional(),
    description: fields.description.optional(),
    recipe: fields.recipe.optional(),
    shared: fields.shared.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Expected something to change');
export type RecipeChange = z.output<typeof RecipeChange>;

const access = { scope: 'process' } as const;
const tag = 'recipes';

export const recipesRoutes = routes({
  createRecipe: {
    method: 'post',
    path: '/recipes',
    tag,
    summary: 'Save a recipe',
    description:
      'It is kept with every default written out and the versions of its operations, so that it still runs later.',
    access,
    body: NewRecipe,
    idempotent: true,
    answers: {
      201: { description: 'The saved recipe.', body: SavedRecipe, headers: { Location: 'Address of the recipe.' } },
    },
    problems: ['invalid_recipe', 'not_found', 'conflict', 'processing_unavailable'],
  },
  listRecipes: {
    method: 'get',
    path: '/recipes',
    tag,
    summary: 'List saved recipes',
    access,
    query: PageQuery.extend({ shared: flag.default(false).describe('true: all that are shared, whoever’s they are.') }),
    answers: { 200: { description: 'Saved recipes by name.', body: pageOf(SavedRecipe) } },
  },
  getRecipe: {
    method: 'get',
    path: '/recipes/:id',
    tag,
    summary: 'Show a saved recipe',
    access,
    params: IdParams,
    answers: { 200: { description: 'The saved recipe.', body: SavedRecipe } },
  },
  changeRecipe: {
    method: 'patch',
    path: '/recipes/:id',
    tag,
    summary: 'Change a saved recipe',
    access,
    params: IdParams,
    body: RecipeChange,
    guarded: true,
    answers: { 200: { description: 'The recipe as it is now.', body: SavedRecipe } },
    problems: ['invalid_recipe', 'conflict', 'processing_unavailable'],
  },
  deleteRecipe: {
    method: 'delete',
    path: '/recipes/:id',
    tag,
    summary: 'Delete a saved recipe',
    description: 'Versions made by it stay.',
    access,
    params: IdParams,
    guarded: true,
    answers: { 204: NoContent },
    problems: ['conflict'],
  },
});
