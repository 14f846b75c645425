import type { Client } from '../../studio.ts';

/** The id of the image. */
export async function upload(who: Client, bytes: Buffer<ArrayBuffer>, name: string): Promise<string> {
  const headers = { 'Content-Type': 'application/octet-stream' };
  const answer = await who.call(`/images?name=${name}`, { method: 'POST', headers, body: bytes });
  const { items } = (await answer.json()) as { items: readonly { image: { id: string } }[] };
  if (answer.status > 201) throw new Error(`expected 201, received ${answer.status}`);
  return items[0]?.image.id ?? '';
}
