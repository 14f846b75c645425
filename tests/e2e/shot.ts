/** A page to be pictured, and how it is brought there. */
import { photo } from '../backend-node/photos.ts';
import type { Chosen, Window } from './studio.ts';

/** worker: has batches, imports and webhooks. */
export const WHO = ['visitor', 'new', 'seller', 'worker'] as const;

export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly who: (typeof WHO)[number];
  /** What is done before the picture is taken. */
  readonly act?: (window: Window) => Promise<void>;
}

export const button = (name: string) => (window: Window) =>
  window.page.getByRole('button', { name, exact: true }).first().click();

/** Does it, and waits for the dialog that comes of it. */
export async function opens(window: Window, act: (window: Window) => Promise<void>): Promise<void> {
  await act(window);
  await window.page.getByRole('dialog').waitFor();
}

/** Three of the gallery. */
export async function pick({ page }: Window): Promise<void> {
  await page.getByRole('group', { name: 'Pictures' }).getByRole('link').first().waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  for (let more = 0; more < 2; more += 1) await page.keyboard.press('Shift+ArrowRight');
}

export const CHOSEN: readonly Chosen[] = ['coffee.png', 'chelsea.png', 'rocket.jpg', 'camera.png'].map((name) => ({
  name,
  mimeType: name.endsWith('png') ? 'image/png' : 'image/jpeg',
  buffer: photo(name),
}));
