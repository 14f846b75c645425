/** Saved recipes over HTTP. */
import { recipesRoutes } from '../../contract/recipes.ts';
import type { Api } from '../../http/api.ts';
import { created, noContent, ok } from '../../http/call.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { Recipes, shown, type RecipesParts } from './service.ts';

export function addRecipes(api: Api, parts: RecipesParts): void {
  const recipes = new Recipes(parts);
  api.add(recipesRoutes, {
    createRecipe: async (call) => {
      const row = await recipes.create(call, call.body);
      return created(shown(row, call), `/api/v1/recipes/${row.id}`);
    },
    listRecipes: async (call) => {
      const { shared, limit, cursor } = call.query;
      const list = shared ? 'recipes shared' : 'recipes';
      const page = await recipes.list(call, shared, limit, positionOf(list, cursor));
      return ok(shownPage(list, page, (row) => shown(row, call)));
    },
    getRecipe: async (call) => ok(shown(await recipes.get(call, call.params.id), call)),
    changeRecipe: async (call) => ok(shown(await recipes.change(call, call.params.id, call.body, call.expected), call)),
    deleteRecipe: async (call) => {
      await recipes.delete(call, call.params.id, call.expected);
      return noContent();
    },
  });
}
