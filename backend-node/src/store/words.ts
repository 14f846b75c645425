/** How text becomes searchable words: one way for both databases, for what is stored and for what is asked. */

const MOST_WORDS = 200;
const MOST_LETTERS = 60;

/** Words in lower case without marks (é is e), each once. shoe_01-Red.JPG → shoe, 01, red, jpg. */
export function wordsOf(...texts: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  const words = found.filter((word) => word !== '').map((word) => Array.from(word).slice(0, MOST_LETTERS).join(''));
  return [...new Set(words)].slice(0, MOST_WORDS);
}
