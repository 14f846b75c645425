import { describe, expect, test } from 'vitest';
import { OutlineQuery } from '../../../../backend-node/src/contract/gallery.ts';
import { imagesQueryAt } from '../../../../frontend/src/lib/data/place.ts';

const ALBUM = '01J00000000000000000000000';
const NEWEST = { sort: 'uploaded_at', order: 'desc' };

describe('imagesQueryAt', () => {
  test('asks for the newest of all by itself', () => {
    expect(imagesQueryAt('/gallery')).toEqual(NEWEST);
  });

  test('knows the trash and albums by their paths', () => {
    expect(imagesQueryAt('/trash')).toEqual({ ...NEWEST, state: 'trashed' });
    expect(imagesQueryAt(`/albums/${ALBUM}?tag=shoe`)).toEqual({ ...NEWEST, album: ALBUM, tag: 'shoe' });
  });

  test('leaves out what is empty, unknown or senseless', () => {
    expect(imagesQueryAt('/gallery?q=+&sort=colour&order=up&from=soon&page=2')).toEqual(NEWEST);
  });

  test('orders names and SKUs from A', () => {
    expect(imagesQueryAt('/gallery?sort=name')).toEqual({ sort: 'name', order: 'asc' });
    expect(imagesQueryAt('/gallery?sort=score')).toEqual({ sort: 'score', order: 'desc' });
    expect(imagesQueryAt('/gallery?sort=name&order=desc')).toEqual({ sort: 'name', order: 'desc' });
  });

  test('takes days as they are here, the last one included', () => {
    const { from, to } = imagesQueryAt('/gallery?from=2026-09-01&to=2026-09-30');
    expect(from).toBe(new Date(2026, 8, 1).toISOString());
    expect(to).toBe(new Date(2026, 9, 1).toISOString());
  });

  test('asks for nothing that the gateway would refuse', () => {
    const odd = `/gallery?q=${'x'.repeat(500)}&tag=a,b&sku=1&format=jpeg&review=original&from=2026-02-31&to=2026-13-01`;
    for (const address of [odd, '/albums/nothing', '/trash?sort=bytes&order=asc']) {
      expect(OutlineQuery.safeParse(imagesQueryAt(address)).error).toBeUndefined();
    }
  });
});
