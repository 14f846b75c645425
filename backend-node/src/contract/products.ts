/** Products: pictures by SKU and product group, and what each group is done with. */
import { z } from 'zod';
import { Id, PageQuery, pageOf } from './common.ts';
import { routes } from './route.ts';
import { IMAGE_TEXTS } from './tags.ts';

export const Product = z
  .object({
    sku: z.string(),
    product_group: z.string().describe('Of its newest picture.'),
    images: z.int().describe('How many pictures it has; those in the trash do not count.'),
    covers: z.array(Id).describe('Its newest pictures, four at most.'),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof Product>;

export const ProductGroup = z
  .object({
    name: z.string(),
    images: z.int(),
    covers: z.array(Id),
    preset: z
      .string()
      .describe('What its pictures are done with where a batch goes by product groups; empty: nothing.'),
    saved_recipe: z.union([Id, z.literal('')]).describe('Or a saved recipe.'),
  })
  .meta({ id: 'ProductGroup' });
export type ProductGroup = z.infer<typeof ProductGroup>;

const read = { scope: 'images:read' } as const;
const tag = 'products';

export const productsRoutes = routes({
  listProducts: {
    method: 'get',
    path: '/products',
    tag,
    summary: 'Products, by SKU',
    description: 'Pictures without a SKU are in none of them. The pictures of one: GET /images?sku=<sku>.',
    access: read,
    query: z.strictObject({
      ...PageQuery.shape,
      product_group: z.string().max(100).optional().describe('Only products with a picture of this group.'),
      q: z.string().max(100).optional().describe('The beginning of the SKU.'),
    }),
    answers: { 200: { description: 'A page of products.', body: pageOf(Product) } },
  },
  listProductGroups: {
    method: 'get',
    path: '/product-groups',
    tag,
    summary: 'Product groups, by name',
    access: read,
    query: PageQuery,
    answers: { 200: { description: 'A page of groups.', body: pageOf(ProductGroup) } },
  },
  setProductGroup: {
    method: 'put',
    path: '/product-groups/:name',
    tag,
    summary: 'Say what the pictures of a product group are done with',
    access: { scope: 'images:write' },
    params: z.strictObject({ name: IMAGE_TEXTS.product_group.min(1) }),
    body: z
      .strictObject({
        preset: z.string().max(100).default(''),
        saved_recipe: z.union([Id, z.literal('')]).default(''),
      })
      .refine(({ preset, saved_recipe }) => preset === '' || saved_recipe === '', {
        error: 'Expected at most one of preset and saved_recipe',
      }),
    answers: { 200: { description: 'The group as it is now.', body: ProductGroup } },
    problems: ['not_found', 'conflict', 'processing_unavailable'],
  },
});
