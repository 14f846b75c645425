/** What is wrong with a zip as a whole, in words for people: the service tells it as expected and received. */
import { words } from './words.ts';

type Said = keyof typeof words.zip.problems;

/** Beginnings of what the service says. */
const SAID: readonly (readonly [RegExp, Said])[] = [
  [/^Expected a path inside the zip/, 'outside'],
  [/^Expected a picture in the zip, received a link/, 'link'],
  [/^Expected a zip without a password/, 'password'],
  [/^Expected at least one picture/, 'empty'],
  [/^Expected at most [\d,]+ entries/, 'many'],
  [/^Expected (?:a zip that unpacks|entries one after the other)/, 'bomb'],
  [/^Expected a zip in/, 'broken'],
];

/** With the name of what is meant, where one is told. What is not known here is said as it came. */
export function zipProblem(detail: string): string {
  const found = SAID.find(([pattern]) => pattern.test(detail));
  if (!found) return detail;
  const name = /'([^']+)'/.exec(detail)?.[1];
  const parts = [words.zip.problems[found[1]], name && words.zip.named(name)];
  return parts.filter(Boolean).join(' ');
}
