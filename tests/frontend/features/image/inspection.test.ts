import { expect, test } from 'vitest';
import { byCost, splitSentence } from '../../../../frontend/src/features/image/inspection.ts';

test('what costs the picture most comes first, by its weight', () => {
  const parts = [
    { name: 'fine', value: 100, weight: 0.5 },
    { name: 'light but bad', value: 0, weight: 0.1 },
    { name: 'heavy and poor', value: 60, weight: 0.5 },
  ];
  expect(byCost(parts).map(({ name }) => name)).toEqual(['heavy and poor', 'light but bad', 'fine']);
});

test('the number of the sentence stands apart from its words', () => {
  expect(splitSentence({ value: 73.1, sentence: '73: sharp, a little small', parts: [] })).toEqual({
    value: 73,
    text: 'Sharp, a little small',
  });
});

test('a sentence without a number is kept whole', () => {
  expect(splitSentence({ value: 12, sentence: 'dark', parts: [] }).text).toBe('Dark');
});
