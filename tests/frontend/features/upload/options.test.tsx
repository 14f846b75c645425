// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { expect, test, vi } from 'vitest';
import { Options } from '../../../../frontend/src/features/upload/options.tsx';
import { extrasOf, picksOf } from '../../../../frontend/src/features/upload/picked.ts';
import { keys } from '../../../../frontend/src/lib/data/keys.ts';
import { show } from '../../params/show.tsx';

const PRESET = { name: 'auto', title: 'Automatic', description: '', kind: 'preset', recipe: { steps: [] } };
const KNOWN = [
  [keys.albums(), []],
  [keys.recipes(), []],
  [keys.catalogue('presets'), { items: [PRESET] }],
  [keys.facets(), { tags: [], formats: [], review_states: [] }],
] as const;

const file = (name: string, text = '1234') => new File([text], name);

function showOptions(
  files: readonly File[],
  onLinks: (list: File) => void = () => undefined,
  most_zip_bytes: number | null = null,
): void {
  show(
    <MemoryRouter>
      <Options picks={picksOf(files)} extras={extrasOf(files)} onLinks={onLinks} />
    </MemoryRouter>,
    [...KNOWN, [keys.signUpState(), { max_archive_bytes: most_zip_bytes }]],
  );
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

function choosePreset(): void {
  fireEvent.click(screen.getByRole('combobox', { name: /preset/ }));
  fireEvent.click(screen.getByRole('option', { name: 'Automatic' }));
}

test('Enter in a field sends nothing: only the button does', () => {
  const asked = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Nothing is to be asked for'));
  showOptions([file('mug.jpg')]);
  // Without a form there is nothing that Enter could send.
  for (const field of screen.getAllByRole('combobox')) {
    expect(field.closest('form')).toBeNull();
    fireEvent.keyDown(field, { key: 'Enter' });
  }
  expect(button('Upload 1 picture').getAttribute('type')).toBe('button');
  asked.mockRestore();
});

test('pictures alone need no preset', () => {
  showOptions([file('mug.jpg')]);
  expect(button('Upload 1 picture').disabled).toBe(false);
  expect(screen.queryByRole('checkbox', { name: /Each product group/ })).toBeNull();
});

test('a spreadsheet is recognised, counted, and needs a preset', async () => {
  showOptions([file('mug.jpg'), file('values.csv', 'filename,brightness\nmug.jpg,1.2')]);
  expect(screen.getByText('values.csv')).toBeDefined();
  expect(await screen.findByText(/values for single pictures · 1 row/)).toBeDefined();
  expect(button('Upload 1 picture').disabled).toBe(true);
  choosePreset();
  expect(button('Upload 1 picture').disabled).toBe(false);
  expect(screen.getByRole('checkbox', { name: /Each product group/ })).toBeDefined();
});

test('a zip needs a preset, and goes by itself', () => {
  showOptions([file('all.zip')]);
  expect(button('Send the zip').disabled).toBe(true);
  choosePreset();
  expect(button('Send the zip').disabled).toBe(false);
  showOptions([file('all.zip'), file('mug.jpg')]);
  expect(screen.getByText(/A zip goes by itself/)).toBeDefined();
  choosePreset();
  expect(button('Send the zip').disabled).toBe(true);
});

test('a spreadsheet without file names is not sent; one of addresses goes to the links', async () => {
  showOptions([file('mug.jpg'), file('a.csv', 'name,price\na,1')]);
  expect(await screen.findByText(/no column “filename”/)).toBeDefined();
  choosePreset();
  expect(button('Upload 1 picture').disabled).toBe(true);
  const onLinks = vi.fn();
  showOptions([file('b.csv', 'image_url\nhttps://a.example/1.jpg')], onLinks);
  fireEvent.click(await screen.findByRole('button', { name: 'Get them from their links' }));
  expect(onLinks).toHaveBeenCalledOnce();
});

test('a zip that would be refused for its size says so before it is sent', () => {
  showOptions([file('all.zip', 'x'.repeat(2000))], undefined, 1000);
  choosePreset();
  expect(screen.getByText('This zip is too large: 1 kB is the most. Split it into several.')).toBeDefined();
  expect(button('Send the zip').disabled).toBe(true);
});
