/** What parameters and their values are called on the page. */
import { sentenceOf, type ParamSchema } from '../lib/data/catalogue.ts';
import { innerOf } from './control-of.ts';
import { words } from './words.ts';

const MEANT: Readonly<Record<string, string>> = words.meant;
const WRITTEN: Readonly<Record<string, string>> = words.written;

/** Ids mean nothing to people: what is behind one is called by what it is. */
export function labelOf(name: string, schema: ParamSchema): string {
  const control = schema.control ?? innerOf(schema)?.control ?? '';
  const title = schema.title ?? sentenceOf(name);
  return title === sentenceOf('blob') ? (MEANT[control] ?? title) : title;
}

/** 'WebP', 'Top left' */
export const choiceLabel = (value: string | number): string => WRITTEN[String(value)] ?? sentenceOf(String(value));
