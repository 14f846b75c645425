// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { createMemoryRouter, MemoryRouter, RouterProvider } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import { Component as ProductsPage } from '../../../../frontend/src/app/pages/products.tsx';
import { Products } from '../../../../frontend/src/features/products/products.tsx';
import {
  galleryOf,
  ofGroup,
  ofProduct,
  ownOf,
  type OnProcess,
} from '../../../../frontend/src/features/products/wanted.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';

const PRESET = { name: 'auto', title: 'Automatic', description: '', kind: 'preset', recipe: { steps: [] } };
const GROUP = { name: 'Mugs, cups', images: 12, covers: [], preset: '', saved_recipe: '' };

const page = (items: readonly unknown[]) => ({ pages: [{ items, nextCursor: null }], pageParams: [''] });

function showProducts(
  groups: readonly unknown[],
  products: readonly unknown[],
  onProcess: OnProcess = () => undefined,
) {
  show(
    <MemoryRouter>
      <Products onProcess={onProcess} />
    </MemoryRouter>,
    [
      [keys.productGroups(), groups],
      [keys.products({}), page(products)],
      [keys.catalogue('presets'), { items: [PRESET] }],
      [keys.recipes(), []],
    ],
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The gateway: what is read stays as it is known, what is written is answered and kept. */
function gateway(answer: (body: unknown) => Response) {
  const asked = vi.fn((_url: string, init?: RequestInit) =>
    typeof init?.body === 'string'
      ? Promise.resolve(answer(JSON.parse(init.body)))
      : new Promise<Response>(() => undefined),
  );
  vi.stubGlobal('fetch', asked);
  return asked;
}

test('says how products come about where there is none', () => {
  gateway(() => new Response('{}'));
  showProducts([], []);
  expect(screen.getByText('Products appear when pictures have a SKU')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Upload pictures' })).toBeDefined();
  expect(screen.queryByRole('searchbox')).toBeNull();
});

test('leads to the pictures of a group, and hands them over to be processed', () => {
  gateway(() => new Response('{}'));
  const onProcess = vi.fn();
  showProducts([GROUP], [], onProcess);
  const link = screen.getByRole('link', { name: /^Mugs, cups/ });
  expect(link.getAttribute('href')).toBe('/gallery?product_group=Mugs%2C+cups');
  fireEvent.click(screen.getByRole('button', { name: 'Process the pictures of Mugs, cups' }));
  expect(onProcess).toHaveBeenCalledWith({ query: { product_group: 'Mugs, cups' }, count: 12 }, undefined);
});

test('a preset for a group is seen at once and kept', async () => {
  const asked = gateway((body) => new Response(JSON.stringify({ ...GROUP, ...(body as object) })));
  showProducts([GROUP], []);
  const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: /Preset of Mugs, cups/ });
  fireEvent.click(field());
  fireEvent.click(screen.getByRole('option', { name: 'Automatic' }));
  await waitFor(() => expect(field().value).toBe('Automatic'));
  const [url, init] = asked.mock.calls.find(([, each]) => each?.method === 'PUT') ?? [];
  expect(url).toBe('/api/v1/product-groups/Mugs%2C%20cups');
  expect(JSON.parse(typeof init?.body === 'string' ? init.body : '')).toEqual({ preset: 'auto' });
});

const MUG = { sku: 'MUG-1', product_group: 'Mugs, cups', images: 2, covers: [] };

// jsdom lays nothing out: a window of no height has no rows.
const withRows = () => vi.spyOn(window, 'innerHeight', 'get').mockReturnValue(800);

function showPage(group: typeof GROUP) {
  const router = createMemoryRouter([{ path: '/', element: <ProductsPage /> }]);
  show(<RouterProvider router={router} />, [
    [keys.productGroups(), [group]],
    [keys.products({}), page([MUG])],
    [keys.catalogue('presets'), { items: [PRESET] }],
    [keys.recipes(), [{ id: 'r1', name: 'Our white' }]],
  ]);
}

test.each([
  ['preset', { ...GROUP, preset: 'auto' }, 'Automatic', { preset: 'auto' }],
  ['saved recipe', { ...GROUP, saved_recipe: 'r1' }, 'Our white', { saved_recipe: 'r1' }],
])('one click begins with the %s that a group has of its own', async (_what, group, title, wish) => {
  const asked = gateway(() => new Response('{}', { status: 503 }));
  showPage(group);
  fireEvent.click(screen.getByRole('button', { name: 'Process the pictures of Mugs, cups' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Begin with 12 pictures' }));
  await waitFor(() => expect(asked.mock.calls.some(([url]) => url === '/api/v1/batches')).toBe(true));
  const [, init] = asked.mock.calls.find(([url]) => url === '/api/v1/batches') ?? [];
  expect(JSON.parse(typeof init?.body === 'string' ? init.body : '')).toMatchObject({
    ...wish,
    filter: { product_group: 'Mugs, cups' },
    name: `${title}: 12 pictures`,
  });
});

test('a product is processed with what its group has of its own', () => {
  gateway(() => new Response('{}'));
  withRows();
  const onProcess = vi.fn();
  showProducts([{ ...GROUP, preset: 'auto' }], [MUG], onProcess);
  fireEvent.click(screen.getByRole('button', { name: 'Process the pictures of MUG-1' }));
  expect(onProcess).toHaveBeenCalledWith({ query: { sku: 'MUG-1' }, count: 2 }, { preset: 'auto' });
});

test('a group without a preset of its own wishes for nothing', () => {
  expect(ownOf(GROUP)).toBeUndefined();
  expect(ownOf(undefined)).toBeUndefined();
});

test('what is done with a product or a group finds its pictures, and no others', () => {
  expect(ofProduct({ sku: 'A&B', product_group: 'x', images: 2, covers: [] })).toEqual({
    query: { sku: 'A&B' },
    count: 2,
  });
  expect(ofGroup(GROUP)).toEqual({ query: { product_group: 'Mugs, cups' }, count: 12 });
  expect(galleryOf({ sku: 'A&B' })).toBe('/gallery?sku=A%26B');
});
