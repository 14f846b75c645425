// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { LineField } from '../../../../frontend/src/features/image/line-field.tsx';
import { show } from '../../params/show.tsx';
import { anImage } from './an-image.ts';

const image = anImage({ sku: 'A-1' });

function shown() {
  const save = vi.fn();
  show(<LineField label="SKU" field="sku" image={image} onSave={save} />);
  const field = screen.getByLabelText<HTMLInputElement>('SKU');
  field.focus();
  return { field, save };
}

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

test('saves what was typed when it is confirmed, with the picture as it was read', () => {
  const { field, save } = shown();
  type(field, ' B-2 ');
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(save).toHaveBeenCalledExactlyOnceWith(image, { sku: 'B-2' });
});

test('saves when it is left', () => {
  const { field, save } = shown();
  type(field, 'B-2');
  fireEvent.blur(field);
  expect(save).toHaveBeenCalledOnce();
});

test('Escape brings back what was there, and leaving then saves nothing', () => {
  const { field, save } = shown();
  type(field, 'B-2');
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(field.value).toBe('A-1');
  fireEvent.blur(field);
  expect(save).not.toHaveBeenCalled();
});

test('what was not changed is not saved', () => {
  const { field, save } = shown();
  type(field, 'A-1 ');
  fireEvent.blur(field);
  expect(save).not.toHaveBeenCalled();
});
