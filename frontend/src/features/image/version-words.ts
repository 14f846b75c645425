/** A version as its row tells it. */
import { formatAgo, formatBytes, formatNumber } from '../../lib/format.ts';
import type { Version } from './queries.ts';
import { words } from './words.ts';

type Named = ReadonlyMap<string, string>;

/** 'Version 3: White background'. presets: titles by name. */
export const versionTitle = ({ number, preset }: Pick<Version, 'number' | 'preset'>, presets: Named): string =>
  `${words.versions.one(number)}: ${preset === '' ? words.versions.by : (presets.get(preset) ?? preset)}`;

export function versionLines({ created_at, width, height, bytes, quality_before, quality_after }: Version): string[] {
  const size = words.facts.pixels(formatNumber(width), formatNumber(height));
  return [formatAgo(created_at), `${size}, ${formatBytes(bytes)}`, qualityLine(quality_before, quality_after)].filter(
    (line) => line !== '',
  );
}

function qualityLine(before: number | null, after: number | null): string {
  if (after === null) return '';
  const told = formatNumber(Math.round(after));
  return before === null
    ? words.versions.scoreAfter(told)
    : words.versions.score(formatNumber(Math.round(before)), told);
}

/** What a person should know. In full where there is room for it. */
export function versionNotes({ review_state, warnings }: Pick<Version, 'review_state' | 'warnings'>, full: boolean) {
  const state = review_state === 'needs_review' || review_state === 'rejected' ? [words.review[review_state]] : [];
  if (full || warnings.length === 0) return [...state, ...warnings];
  return [[...state, words.versions.warnings(warnings.length)].join(', ')];
}
