/** What a batch does, since when, and how long it took: in a line. */
import type { Batch } from '../../lib/data/batches.ts';
import { isOpenJob } from '../../lib/data/server-jobs.ts';
import { formatAgo, formatTaken } from '../../lib/format.ts';
import { words } from './words.ts';

type TitleOf = (name: string) => string;

/** titleOf: what presets and marketplaces are called. */
export function doesText({ preset, by_product_group }: Batch, titleOf: TitleOf): string {
  const does = preset === '' ? words.ownRecipe : titleOf(preset);
  return by_product_group ? `${does}, ${words.byGroup}` : does;
}

/** Made by a program it is called like its preset: then as that is called for people. */
export const titleOfBatch = ({ name, preset }: Batch, titleOf: TitleOf): string =>
  name === preset ? titleOf(preset) : name;

export function factsOf(batch: Batch, titleOf: TitleOf, now = Date.now()): readonly string[] {
  const { channels, counts, created_at, ended_at, state } = batch;
  const does = doesText(batch, titleOf);
  const parts = does === titleOfBatch(batch, titleOf) ? [] : [does];
  if (channels.length > 0) parts.push(words.checkedFor(channels.map(titleOf).join(', ')));
  parts.push(words.begun(formatAgo(created_at, now), parts.length === 0));
  if (!isOpenJob(batch) && ended_at !== '') {
    parts.push(words.took(formatTaken(Date.parse(ended_at) - Date.parse(created_at))));
  }
  if (state === 'cancelled' && counts.waiting > 0) parts.push(words.cancelledAfter(counts.waiting));
  return parts;
}
