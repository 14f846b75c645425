import { describe, expect, it } from 'vitest';
import { addressesOf, isAddress } from '../../../../frontend/src/features/imports/addresses.ts';
import { shownAddress } from '../../../../frontend/src/features/imports/shown-address.ts';

describe('addressesOf', () => {
  it('takes one on each line, or several with blanks between, each once', () => {
    const text = 'https://a.example/1.jpg\r\n\n https://a.example/2.jpg https://a.example/1.jpg\nHTTP://b.example/x';
    expect(addressesOf(text)).toEqual({
      urls: ['https://a.example/1.jpg', 'https://a.example/2.jpg', 'HTTP://b.example/x'],
      wrong: [],
      twice: 1,
    });
  });

  it('says on which lines there is something else', () => {
    expect(addressesOf('https://a.example/1.jpg\nmug.jpg\nftp://a.example/1.jpg\nhttps://').wrong).toEqual([2, 3, 4]);
  });

  it('reads what was copied out of a list', () => {
    expect(addressesOf('"https://a.example/1.jpg",\n<https://a.example/2.jpg>;').urls).toEqual([
      'https://a.example/1.jpg',
      'https://a.example/2.jpg',
    ]);
  });

  it('reads a hundred thousand of them', () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `https://a.example/${at}.jpg`).join('\n');
    expect(addressesOf(text).urls).toHaveLength(100_000);
  });
});

it('knows what would be asked for: http or https, without a password', () => {
  expect(isAddress('https://münchen.example/ä.jpg')).toBe(true);
  for (const text of [
    '//a.example',
    'https://u:p@a.example/1.jpg',
    'https://u@a.example',
    'data:image/png,x',
    'https:// a',
  ])
    expect(isAddress(text), text).toBe(false);
});

it('shortens long addresses in the middle: the host and the name of the file stay', () => {
  expect(shownAddress('https://a.example/mug.jpg')).toBe('a.example/mug.jpg');
  const long = shownAddress(`https://cdn.shop.example/${'folder/'.repeat(20)}mug-front.jpg?v=2`);
  expect(long).toHaveLength(50);
  expect(long).toMatch(/^cdn\.shop\.example\/.*…\/mug-front\.jpg\?v=2$/);
  expect(shownAddress(`https://a.example/${'x'.repeat(300)}`)).toHaveLength(50);
});
