// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { bytesOf, extrasOf, picksOf, sameness, tagOf } from '../../../../frontend/src/features/upload/picked.ts';

function file(path: string, { type = '', bytes = 3 } = {}): File {
  const made = new File(['x'.repeat(bytes)], path.split('/').at(-1) ?? '', { type, lastModified: 1 });
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
  return made;
}

const reasons = (...files: File[]) => picksOf(files).map(({ file: { name }, left }) => [name, left]);

describe('picksOf', () => {
  it('takes pictures by their type or by their name', () => {
    const files = [file('a.JPG'), file('b', { type: 'image/png' }), file('c.heic'), file('d.tif')];
    expect(reasons(...files).map(([, left]) => left)).toEqual(['', '', '', '']);
  });

  it('leaves out with a reason what is no picture, and what is empty', () => {
    expect(reasons(file('a.txt', { type: 'text/plain' }), file('b.svg', { type: 'image/svg+xml' }))).toEqual([
      ['a.txt', 'no-picture'],
      ['b.svg', 'no-picture'],
    ]);
    expect(reasons(file('a.jpg', { bytes: 0 }))).toEqual([['a.jpg', 'empty']]);
  });

  it('does not mention what systems leave in folders', () => {
    const litter = ['x/.DS_Store', 'x/Thumbs.db', 'x/desktop.ini', 'x/._a.jpg', '__MACOSX/x/a.jpg', 'x/.git/a.png'];
    expect(reasons(...litter.map((path) => file(path)))).toEqual([]);
  });

  it('knows the folder a file lay in, chosen or dropped', () => {
    const dropped = file('b.jpg');
    Object.defineProperty(dropped, 'relativePath', { value: './Autumn/Shoes/b.jpg' });
    const single = file('c.jpg');
    Object.defineProperty(single, 'relativePath', { value: './c.jpg' });
    const folders = picksOf([file('Autumn/a.jpg'), dropped, single, file('d.jpg')]).map(({ folder }) => folder);
    expect(folders).toEqual(['Autumn', 'Shoes', '', '']);
  });
});

describe('extrasOf', () => {
  it('finds spreadsheets and zips, which are no pictures that are left out', () => {
    const files = [file('x/a.jpg'), file('x/Values.CSV'), file('b.tsv'), file('all.zip'), file('x/.hidden.csv')];
    expect(extrasOf(files).map(({ kind, file: { name } }) => [kind, name])).toEqual([
      ['table', 'Values.CSV'],
      ['table', 'b.tsv'],
      ['archive', 'all.zip'],
    ]);
    expect(picksOf(files)).toHaveLength(1);
  });

  it('asks for CSV where a workbook was chosen', () => {
    expect(reasons(file('values.xlsx'))).toEqual([['values.xlsx', 'workbook']]);
  });
});

it('keeps the path below what was chosen', () => {
  const dropped = file('b.jpg');
  Object.defineProperty(dropped, 'relativePath', { value: './Autumn/Shoes/b.jpg' });
  expect(picksOf([dropped, file('x/a.jpg'), file('c.jpg')]).map(({ path }) => path)).toEqual([
    'Autumn/Shoes/b.jpg',
    'x/a.jpg',
    'c.jpg',
  ]);
});

it('tells files of one name in two folders apart, and the same file twice not', () => {
  const [one, other, again] = picksOf([file('x/a.jpg'), file('y/a.jpg'), file('x/a.jpg')]).map(sameness);
  expect(one).not.toBe(other);
  expect(one).toBe(again);
});

it('makes a tag of a folder that the gateway takes', () => {
  expect(tagOf('Shoes, red')).toBe('Shoes  red');
  expect(tagOf('x'.repeat(80))).toHaveLength(60);
  expect(tagOf(',')).toBe('');
});

it('adds up bytes', () => {
  expect(bytesOf(picksOf([file('a.jpg', { bytes: 3 }), file('b.jpg', { bytes: 4 })]))).toBe(7);
});
