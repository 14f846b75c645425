import { describe, expect, test } from 'vitest';
import {
  partsOf,
  SORT_NAMES,
  sortOf,
  withoutPart,
  withoutParts,
  withSort,
  withValues,
} from '../../../../frontend/src/features/gallery/asked.ts';

const asked = (search: string) => new URLSearchParams(search);
const sentence = (search: string): string =>
  partsOf(asked(search))
    .map(({ text }) => text)
    .join(', ');

describe('partsOf', () => {
  test('says nothing where nothing is asked for', () => {
    expect(sentence('')).toBe('');
    expect(sentence('sort=name&tag=&q=+')).toBe('');
  });

  test('reads as a sentence', () => {
    expect(sentence('tag=shoe,boot&review=needs_review&q=red&format=png')).toBe(
      'with “red”, tagged shoe or boot, needs a look, as PNG',
    );
  });

  test('keeps commas of what is no list', () => {
    expect(sentence('sku=A,1')).toBe('SKU A,1');
    expect(sentence('product_group=Mugs%2C+cups')).toBe('of the group Mugs, cups');
  });

  test('says months and days as people do', () => {
    const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' }).format(new Date(2024, 1, 1));
    expect(sentence('from=2024-02-01&to=2024-02-29')).toBe(`in ${month}`);
    expect(sentence('from=2024-02-03&to=2024-02-03')).toMatch(/^on /);
    expect(sentence('from=2024-02-03')).toMatch(/^since /);
    expect(sentence('to=2024-02-03')).toMatch(/^until /);
    expect(sentence('from=2024-02-03&to=2024-02-05')).toMatch(/ to /);
  });
});

describe('changing what is asked for', () => {
  test('takes one part away and keeps the others', () => {
    expect(withoutPart(asked('from=2024-02-03&to=2024-02-05&tag=shoe'), 'days').toString()).toBe('tag=shoe');
  });

  test('clears all parts and keeps the order', () => {
    expect(
      withoutParts(
        asked('q=a&tag=b&object=o&sku=c&product_group=p&format=d&review=e&from=f&to=g&sort=name'),
      ).toString(),
    ).toBe('sort=name');
  });

  test('leaves no empty values behind', () => {
    expect(withValues(asked('tag=shoe'), { tag: '', format: 'png' }).toString()).toBe('format=png');
  });
});

describe('orders', () => {
  test('are each found again in the address', () => {
    for (const name of SORT_NAMES) expect(sortOf(withSort(asked('sort=sku&order=desc'), name))).toBe(name);
  });

  test('leave the address alone where it is so by itself', () => {
    expect(withSort(asked('tag=a&sort=name'), 'newest').toString()).toBe('tag=a');
  });
});
