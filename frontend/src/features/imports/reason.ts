/** Why a row failed, for people: the service tells it as expected and received. */
import type { ImportItem } from '../../lib/data/imports.ts';
import { words } from './words.ts';

const { reasons } = words;

const BY_CODE: Readonly<Record<string, string>> = {
  blocked_address: reasons.blocked,
  unsupported_format: reasons.noPicture,
  image_too_large: reasons.large,
};

/** What the downloader says, in its words. */
const BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/answered (?:404|410)\b/, reasons.gone],
  [/answered (?:401|403|451)\b/, reasons.refused],
  [/it took longer/, reasons.slow],
  [/redirects/, reasons.circles],
  [/certificate/, reasons.certificate],
  [/no connection could be made|looked up/, reasons.unreached],
  [/connection broke off/, reasons.cut],
];

/** '' where nothing went wrong. */
export function reasonOf({ problem, row }: Pick<ImportItem, 'problem' | 'row'>): string {
  if (!problem) return '';
  const { code, detail } = problem;
  const known = BY_CODE[code] ?? BY_TEXT.find(([pattern]) => code === 'fetch_failed' && pattern.test(detail))?.[1];
  if (known !== undefined) return known;
  const status = code === 'fetch_failed' ? /answered (\d{3})\b/.exec(detail)?.[1] : undefined;
  if (status !== undefined) return reasons.broken(status);
  return row !== null && !detail.startsWith('Row ') ? `${words.row(row)}: ${detail}` : detail;
}
