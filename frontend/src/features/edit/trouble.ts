/** Which step of a recipe the service did not like, and which parameter of it. */
import { isProblem } from '../../lib/api/problem.ts';

export interface Trouble {
  readonly key: string;
  /** '' where it is the step as a whole. */
  readonly param: string;
  readonly text: string;
}

const PLACE = /\bat (?:recipe\.)?steps\.(\d+)(?:\.[a-z0-9-]+)?(?:\.(\w+))?/;
const OUTPUT_PLACE = /\bat (?:recipe\.)?output(?:\.(\w+))?/;

/** The key of what is said of the file. */
export const OUTPUT = 'output';

/** keys: of the steps as they were sent. undefined where it is no matter of one step. */
export function troubleOf(problem: unknown, keys: readonly string[]): Trouble | undefined {
  if (!isProblem(problem, 'invalid_recipe')) return undefined;
  const text = problem.message;
  const output = OUTPUT_PLACE.exec(text);
  if (output) return { key: OUTPUT, param: output[1] ?? '', text };
  const [, at = '', param = ''] = PLACE.exec(text) ?? [];
  const key = at === '' ? undefined : keys[Number(at)];
  return key === undefined ? undefined : { key, param, text };
}
