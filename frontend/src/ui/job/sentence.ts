/** Work on the server in words: how far, how fast, what holds it up. */
import { formatNumber, formatSpan } from '../../lib/format.ts';
import { isHeldUp, isInLine, overOf, type ServerJob } from '../../lib/data/server-jobs.ts';
import { words } from './words.ts';
import { zipProblem } from './zip-problem.ts';

/** Slower than this is told by the minute. */
const SLOW_PER_S = 0.5;

/** Its state in a word or two. */
export function stateWord(job: Pick<ServerJob, 'state' | 'trouble' | 'counts'>): string {
  if (isHeldUp(job)) return words.heldUp;
  return isInLine(job) ? words.inLine : words.states[job.state];
}

/** '34 of 100' and, while it runs, '2.1 a second', 'about 3 min left'; then how many failed. */
export function progressParts(job: ServerJob): readonly string[] {
  const { state, total, counts } = job;
  if (total === 0) return state === 'preparing' ? [words.listing] : [];
  const parts = [words.progress(overOf(job), total)];
  if (state === 'running' && !isHeldUp(job)) parts.push(...paceOf(job));
  if (counts.failed > 0) parts.push(words.failed(counts.failed));
  return parts;
}

/** How fast, and how long it still takes; nothing where it is not known yet. */
export function paceOf({ rate_per_s, left_s }: Pick<ServerJob, 'rate_per_s' | 'left_s'>): readonly string[] {
  const parts: string[] = [];
  if (rate_per_s !== null && rate_per_s > 0) parts.push(rateText(rate_per_s));
  if (left_s !== null) parts.push(words.left(formatSpan(Math.max(left_s, 1) * 1000)));
  return parts;
}

function rateText(rate_per_s: number): string {
  const slow = rate_per_s < SLOW_PER_S;
  const rate = slow ? rate_per_s * 60 : rate_per_s;
  const text = formatNumber(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate));
  return slow ? words.perMinute(text) : words.rate(text);
}

/** What holds it up, or why it never began; '' where nothing does. */
export function troubleText({ state, trouble }: Pick<ServerJob, 'state' | 'trouble'>): string {
  if (!trouble) return '';
  const { code, detail } = trouble;
  if (state === 'failed') return words.notBegun(code === 'broken_archive' ? zipProblem(detail) : detail);
  return words.trouble[code] ?? words.otherTrouble(sentence(detail));
}

const sentence = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
