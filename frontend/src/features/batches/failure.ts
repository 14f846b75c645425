/** Why an item failed, taken apart where it was told as what was expected and what came. */
import { plainText } from '../../lib/api/problem.ts';

export interface Failure {
  /** In a sentence. */
  readonly text: string;
  /** '' where it was not told so. */
  readonly expected: string;
  readonly received: string;
}

const TOLD =
  /^(?<before>.*?)Expected (?<expected>.+?)[,;:]? (?:but )?(?:received|got|came|it is|found) (?<received>.+?)\.?$/s;

export function failureOf(problem: { readonly code: string; readonly detail: string }): Failure {
  const text = plainText(problem);
  // Where it has words for people, nothing is taken apart.
  const { before = '', expected = '', received = '' } = (text === problem.detail && TOLD.exec(text)?.groups) || {};
  if (expected === '' || received === '') return { text, expected: '', received: '' };
  return { text: before.replace(/[\s:,;]+$/, ''), expected: plainly(expected), received: bare(received) };
}

/** Without what only programs need to know: which parameter of which operation a column stands for. */
export const plainly = (text: string): string =>
  text
    .replace(/ for [\w-]+\.[\w-]+(?=,|$)/, '')
    .replace('a value less than or equal to', 'at most')
    .replace('a value greater than or equal to', 'at least');

const bare = (text: string): string => text.replace(/^(['"])(.*)\1$/s, '$2');
