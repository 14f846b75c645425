import { expect, test } from 'vitest';
import { factsOf, titleOfBatch } from '../../../../frontend/src/features/batches/facts.ts';
import { aBatch } from './a-batch.ts';

const titleOf = (name: string): string => ({ 'catalog-white': 'Catalog white', 'amazon-main': 'Amazon' })[name] ?? name;
const NOW = Date.parse('2026-09-01T10:05:00.000Z');

test('says what is done, for whom it is checked, and since when', () => {
  const facts = factsOf(aBatch({ channels: ['amazon-main'], by_product_group: true }), titleOf, NOW);
  expect(facts).toEqual(['Catalog white, each product group its own', 'checked for Amazon', 'began 5 minutes ago']);
});

test('once it has ended, says how long it took', () => {
  const facts = factsOf(aBatch({ state: 'done', ended_at: '2026-09-01T10:03:00.000Z' }), titleOf, NOW);
  expect(facts).toContain('took 3 min');
});

test('once it was cancelled, says how many stayed as they were', () => {
  const facts = factsOf(aBatch({ state: 'cancelled', preset: '' }), titleOf, NOW);
  expect(facts).toContain('6 pictures stayed as they were');
  expect(facts[0]).toBe('Steps of your own');
});

test('what a program called like its preset is called as that is, and says it once', () => {
  const batch = aBatch({ name: 'catalog-white' });
  expect(titleOfBatch(batch, titleOf)).toBe('Catalog white');
  expect(factsOf(batch, titleOf, NOW)).toEqual(['Began 5 minutes ago']);
});
