import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../../frontend/src/features/upload/sample-table.ts';
import { factsOf } from '../../../../frontend/src/features/upload/table-facts.ts';
import { tableOf } from '../../../../frontend/src/features/upload/table-part.ts';

const table = (text: string) => new File([text], 'values.csv');

describe('factsOf', () => {
  it('counts the rows below the header', async () => {
    expect(await factsOf(table('Filename;brightness\na.jpg;1,2\n\nb.jpg;1'))).toEqual({ rows: 2, problem: undefined });
    expect(await factsOf(table(SAMPLE))).toEqual({ rows: 1, problem: undefined });
  });

  it('says before it is sent why it is of no use', async () => {
    const problemOf = async (text: string) => (await factsOf(table(text))).problem;
    expect(await problemOf('name,price\na,1')).toBe('no-filename');
    expect(await problemOf('')).toBe('no-filename');
    expect(await problemOf('image_url,sku\nhttps://a.example/1.jpg,1')).toBe('links');
    expect(await problemOf('PK\u0003\u0004\0\0')).toBe('no-text');
  });
});

describe('tableOf', () => {
  it('is the file itself for the first batch', async () => {
    const file = table('filename\na.jpg');
    expect(await tableOf(file, undefined)).toBe(file);
  });

  it('keeps the header and the rows of some pictures, decimal commas and quotes as they were', async () => {
    const file = table('Filename;brightness;sku\nA.JPG;1,5;"x;""y"""\nshoes\\b.jpg;1;2\nc.jpg;1;3');
    const part = await tableOf(file, ['a.jpg', 'boots/b.jpg']);
    expect(await part.text()).toBe('"Filename";"brightness";"sku"\n"A.JPG";"1,5";"x;""y"""\n"shoes\\b.jpg";"1";"2"');
  });
});
