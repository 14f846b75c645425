import { expect, test } from 'vitest';
import { failureOf, plainly } from '../../../../frontend/src/features/batches/failure.ts';

test('what was expected and what came stand apart where it was told so', () => {
  const detail = 'Row 7, column brightness: Expected a number from 0.2 to 3, received "bright"';
  expect(failureOf({ code: 'invalid_table', detail })).toEqual({
    text: 'Row 7, column brightness',
    expected: 'a number from 0.2 to 3',
    received: 'bright',
  });
});

test('other reasons are told as they are', () => {
  const detail = 'No product was found in the picture.';
  expect(failureOf({ code: 'no_product', detail })).toEqual({ text: detail, expected: '', received: '' });
});

test('reasons for programs are told in words for people, and not taken apart', () => {
  const { text, expected } = failureOf({ code: 'broken_image', detail: 'Expected a JPEG, received 3 bytes' });
  expect(text).toMatch(/damaged/);
  expect(expected).toBe('');
});

test('limits are told without the names that programs have for them', () => {
  const detail =
    "Row 3, column 'brightness': Expected a value less than or equal to 3 for adjust.brightness, received '9'";
  expect(failureOf({ code: 'invalid_table', detail })).toMatchObject({ expected: 'at most 3', received: '9' });
  expect(plainly(detail)).toBe("Row 3, column 'brightness': Expected at most 3, received '9'");
});
