import { describe, expect, it } from 'vitest';
import { delimiterOf, headerOf, rowsOfCsv, textOf } from '../../../frontend/src/lib/csv.ts';

const rows = (text: string) => [...rowsOfCsv(text)].map(({ number, cells }) => [number, ...cells]);
const utf8 = new TextEncoder();

describe('rowsOfCsv', () => {
  it('reads cells between commas, semicolons or tabs', () => {
    expect(rows('a,b\n1,2\n')).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
    ]);
    expect(rows('a;b\n1,5;2')[1]).toEqual([2, '1,5', '2']);
    expect(rows('a\tb\r\n1\t2')[1]).toEqual([2, '1', '2']);
  });

  it('reads quoted cells with separators, quotes and line breaks in them', () => {
    expect(rows('a,b\n"x, ""y""\nz",2')[1]).toEqual([2, 'x, "y"\nz', '2']);
  });

  it('numbers rows as a spreadsheet program does, and passes empty ones over', () => {
    expect(rows('a,b\n,\n\n1,2').map(([number]) => number)).toEqual([1, 4]);
  });

  it('takes a separator that the file names itself', () => {
    expect(rows('sep=;\r\na;b\r\n1,5;2')).toEqual([
      [2, 'a', 'b'],
      [3, '1,5', '2'],
    ]);
    expect(delimiterOf('sep=|\na|b')).toBe('|');
  });

  it('ends on a quote that is never closed', () => {
    expect(rows('a,b\n"1,2\n3,4')).toEqual([
      [1, 'a', 'b'],
      [2, '1,2\n3,4'],
    ]);
  });

  it('keeps an empty last cell, and reads nothing of an empty text', () => {
    expect(rows('a,\n1,2')[0]).toEqual([1, 'a', '']);
    expect(rows('')).toEqual([]);
    expect(rows('\n \n')).toEqual([]);
  });

  it('reads a hundred thousand rows and a cell of a megabyte', () => {
    expect(rows(`a,b\n${'1,2\n'.repeat(100_000)}`)).toHaveLength(100_001);
    expect(rows(`a\n"${'x""'.repeat(300_000)}"`)[1]?.[1]).toHaveLength(600_000);
  });
});

describe('textOf', () => {
  it('reads UTF-8 with and without a mark, UTF-16 and Windows-1252', () => {
    const text = 'filename\nCafé.jpg';
    const codes = Array.from(text, (char) => char.charCodeAt(0));
    const wide = (mark: readonly number[], big: boolean) =>
      Uint8Array.from([...mark, ...codes.flatMap((code) => (big ? [0, code] : [code, 0]))]);
    expect(textOf(utf8.encode(text))).toBe(text);
    expect(textOf(utf8.encode(`\ufeff${text}`))).toBe(text);
    expect(textOf(wide([0xff, 0xfe], false))).toBe(text);
    expect(textOf(wide([], false))).toBe(text);
    expect(textOf(wide([0xfe, 0xff], true))).toBe(text);
    expect(textOf(Uint8Array.from(codes))).toBe(text);
  });
});

it('knows columns whatever their case', () => {
  expect(headerOf({ number: 1, cells: ['Filename', 'SKU'] })).toEqual(['filename', 'sku']);
});
