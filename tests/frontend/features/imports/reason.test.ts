import { describe, expect, it } from 'vitest';
import { galleryLink } from '../../../../frontend/src/features/imports/gallery-link.ts';
import { reasonOf } from '../../../../frontend/src/features/imports/reason.ts';
import { countOf } from '../../../../frontend/src/features/imports/shown-rows.ts';

describe('reasonOf', () => {
  const said = (code: string, detail: string, row: number | null = null) =>
    reasonOf({ problem: { code, detail }, row });

  it.each([
    ['fetch_failed', 'Expected a picture, a.example answered 404', /nothing at this address/],
    ['fetch_failed', 'Expected a picture, a.example answered 403', /does not give this picture/],
    ['fetch_failed', 'Expected a picture, a.example answered 500', /answered with an error \(500\)/],
    ['fetch_failed', 'Expected an answer within 20 s, it took longer', /too long/],
    ['fetch_failed', 'Expected at most 5 redirects, received more', /from address to address/],
    ['fetch_failed', 'Expected an answer from a.example, no connection could be made', /cannot be reached/],
    [
      'fetch_failed',
      'Expected the name a.example to be looked up, the name server gives no answer',
      /cannot be reached/,
    ],
    ['fetch_failed', 'Expected a whole answer from a.example, the connection broke off', /broke off/],
    ['fetch_failed', 'Expected a.example to show a certificate that is trusted, it did not', /certificate/],
    ['blocked_address', 'Expected an address on the public internet', /not on the public internet/],
    ['unsupported_format', 'Expected a picture', /no picture that Vitrine reads/],
    ['image_too_large', 'Expected at most', /larger than pictures may be/],
  ])('says in plain words what %s means: %s', (code, detail, told) => {
    expect(said(code, detail)).toMatch(told);
    expect(said(code, detail)).not.toMatch(/Expected|received/);
  });

  it('says which row it is where only the row can be mended', () => {
    expect(said('invalid_table', 'Too long', 7)).toBe('Row 7: Too long');
    expect(said('invalid_table', "Row 7, column 'sku_id': Too long", 7)).toBe("Row 7, column 'sku_id': Too long");
    expect(reasonOf({ problem: null, row: 7 })).toBe('');
  });
});

it('counts rows by what became of them', () => {
  const job = { total: 10, counts: { waiting: 1, running: 1, done: 6, failed: 2 }, fresh: 4 };
  expect(['all', 'failed', 'new', 'known'].map((filter) => countOf(job, filter as 'all'))).toEqual([10, 2, 4, 2]);
});

it('leads to the pictures of its days', () => {
  const times = { created_at: '2026-11-20T12:00:00.000Z', ended_at: '2026-11-21T12:00:00.000Z' };
  expect(galleryLink({ fresh: 1, ...times })).toBe('/gallery?from=2026-11-20&to=2026-11-21');
  expect(galleryLink({ fresh: 0, ...times })).toBe('/gallery');
});
