/** What is told of a case, and the table of all. */
import { writeFileSync } from 'node:fs';
import type { Account } from './account.ts';
import type { Case } from './cases.ts';

export interface Told extends Account {
  readonly of: Case;
  /** Longest time without a picture done, from the first strike on. */
  readonly still_s: number;
  readonly took_s: number;
  readonly seen: string;
}

const HEADER = ['Case', 'Struck', 'Done', 'Failed', 'Begun again', 'Stood still, s', 'Batch, s', 'Checks'];

export function rowOf({ of, done, failed, again, still_s, took_s, seen, reasons, wrong }: Told): readonly string[] {
  const struck = seen === '' ? of.struck : `${of.struck} (${seen})`;
  const why = reasons.length === 0 ? String(failed) : `${failed}: ${reasons.join(', ')}`;
  const checks = wrong.length === 0 ? 'all well' : wrong.join('; ');
  return [of.name, struck, String(done), why, String(again), still_s.toFixed(1), took_s.toFixed(0), checks];
}

export const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;

export function writeTable(path: string, told: readonly Told[], left_out: readonly string[]): void {
  const lines = [line(HEADER), line(HEADER.map(() => '---')), ...told.map((each) => line(rowOf(each)))];
  writeFileSync(path, [...lines, ...left_out.map((why) => `\n${why}`), ''].join('\n'));
}
