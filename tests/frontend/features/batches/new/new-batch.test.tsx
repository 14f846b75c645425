// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import NewBatch from '../../../../../frontend/src/features/batches/new/new-batch.tsx';
import { keys } from '../../../../../frontend/src/lib/data/keys.ts';
import type { RecipeWish } from '../../../../../frontend/src/lib/data/recipes.ts';
import { show } from '../../../params/show.tsx';
import { aBatch } from '../a-batch.ts';

const KNOWN = [
  [keys.recipes(), []],
  [
    keys.catalogue('presets'),
    {
      items: [
        { name: 'catalog-white', title: 'Catalog white', kind: 'preset' },
        { name: 'ebay', title: 'eBay', kind: 'channel' },
      ],
    },
  ],
] as const;

const sent: { url: string; body: unknown; key: string | null }[] = [];
const answers: (() => Response)[] = [];

function open(onClose = (): void => undefined, wish?: RecipeWish): void {
  sent.length = 0;
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
    const headers = new Headers(init?.headers);
    sent.push({
      url: typeof url === 'string' ? url : '',
      body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      key: headers.get('Idempotency-Key'),
    });
    const answer = answers.shift();
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('no answer'));
  });
  show(
    <MemoryRouter>
      <NewBatch pictures={{ ids: ['a', 'b'] }} wish={wish} onClose={onClose} />
    </MemoryRouter>,
    KNOWN,
  );
}

afterEach(() => vi.restoreAllMocks());

const batches = () => sent.filter(({ url }) => url === '/api/v1/batches');

async function choosePreset(): Promise<void> {
  fireEvent.click(screen.getByRole('combobox', { name: 'Preset' }));
  fireEvent.click(await screen.findByRole('option', { name: 'Catalog white' }));
}

const begin = (): void => {
  fireEvent.click(screen.getByRole('button', { name: 'Begin with 2 pictures' }));
};

test('cannot begin before it is known what is to be done, and says so', async () => {
  open();
  expect(screen.getByRole('button', { name: 'Begin with 2 pictures' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Choose a preset above.')).toBeDefined();
  await choosePreset();
  expect(screen.queryByText('Choose a preset above.')).toBeNull();
});

test('begins at once with the preset it was opened with, and is called by it', async () => {
  answers.push(() => Response.json(aBatch(), { status: 202 }));
  open(undefined, { preset: 'catalog-white' });
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Preset' }).value).toBe('Catalog white');
  expect(screen.queryByText('Choose a preset above.')).toBeNull();
  begin();
  await waitFor(() =>
    expect(batches()[0]?.body).toMatchObject({ preset: 'catalog-white', name: 'Catalog white: 2 pictures' }),
  );
});

test('does not begin with a saved recipe that is gone', () => {
  open(undefined, { saved_recipe: 'gone' });
  expect(screen.getByRole('button', { name: 'Begin with 2 pictures' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText('Choose a preset above.')).toBeDefined();
});

test('sends what was chosen, and goes once it is queued', async () => {
  const onClose = vi.fn();
  answers.push(() => Response.json(aBatch(), { status: 202 }));
  open(onClose);
  await choosePreset();
  fireEvent.click(screen.getByRole('switch', { name: /Each product group/ }));
  begin();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(batches()[0]?.body).toMatchObject({ preset: 'catalog-white', ids: ['a', 'b'], by_product_group: true });
});

test('a spreadsheet goes along as its bytes', async () => {
  answers.push(() => Response.json(aBatch(), { status: 202 }));
  open();
  await choosePreset();
  const [input] = document.querySelectorAll<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('Expected a field for a file');
  fireEvent.change(input, { target: { files: [new File(['filename\na.jpg'], 'shoes.csv')] } });
  expect(await screen.findByText(/shoes.csv/)).toBeDefined();
  begin();
  await waitFor(() => expect(batches()[0]?.body).toMatchObject({ table: btoa('filename\na.jpg') }));
});

test('where no answer came, trying again cannot make a second batch', async () => {
  answers.push(
    () => Response.error(),
    () => Response.json(aBatch(), { status: 202 }),
  );
  open();
  await choosePreset();
  begin();
  await waitFor(() => expect(batches()).toHaveLength(1));
  await waitFor(() => expect(screen.getByRole('button', { name: /Begin/ }).hasAttribute('data-loading')).toBe(false));
  begin();
  await waitFor(() => expect(batches()).toHaveLength(2));
  expect(batches()[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  expect(batches()[1]?.key).toBe(batches()[0]?.key);
});
