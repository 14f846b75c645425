/** An image of somebody's, from a drawn picture. */
import { boxOnGrey } from '../../processing/drawn-png.ts';
import type { Client } from '../../studio.ts';

export interface Uploaded {
  readonly id: string;
  readonly blob: string;
  readonly revision: number;
}

let seed = 0;

/** A new picture each time, unless the bytes are given. */
export async function upload(client: Client, png = boxOnGrey((seed += 1))): Promise<Uploaded> {
  const headers = { 'Content-Type': 'image/png' };
  const answer = await client.call('/images?name=box.png', { method: 'POST', headers, body: new Uint8Array(png) });
  const told = (await answer.json()) as { items: [{ image: Uploaded }] };
  if (!answer.ok) throw new Error(`Expected an image, received ${answer.status} ${JSON.stringify(told)}`);
  return told.items[0].image;
}

type Step = readonly [operation: string, params?: Record<string, unknown>];

export const recipe = (...steps: Step[]) => ({
  steps: steps.map(([operation, params = {}]) => ({ operation, params })),
});
/** Quick: no network looks for the product. */
export const SMALL = recipe(['resize', { width: 64, height: 64, fit: 'inside' }]);
export const GREY = recipe(['grayscale']);
