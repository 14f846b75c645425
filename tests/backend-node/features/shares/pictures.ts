import { globSync, readFileSync } from 'node:fs';
import type { Client } from '../../studio.ts';

const [FOLDER = ''] = globSync('.venv/lib/python3*/site-packages/skimage/data');

/** A photo that comes with scikit-image. */
export const photo = (name: string): Buffer<ArrayBuffer> => Buffer.from(readFileSync(`${FOLDER}/${name}`));

/** The id of the image. */
export async function upload(who: Client, bytes: Buffer<ArrayBuffer>, name: string): Promise<string> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const answer = await who.call(`/images?name=${name}`, { method: 'POST', headers, body: bytes });
  const { items } = (await answer.json()) as { items: readonly { image: { id: string } }[] };
  if (answer.status > 201) throw new Error(`expected 201, received ${answer.status}`);
  return items[0]?.image.id ?? '';
}
