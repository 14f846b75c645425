import { expect, it } from 'vitest';
import { zipProblem } from '../../../../frontend/src/ui/job/zip-problem.ts';

it.each([
  ["Expected a path inside the zip, received '../../etc/a.jpg'", /leads outside of it.*“\.\.\/\.\.\/etc\/a\.jpg”/],
  ["Expected a picture in the zip, received a link called 'a.jpg'", /holds a link.*“a\.jpg”/],
  ["Expected a zip without a password, 'a.jpg' has one", /has a password/],
  ['Expected at least one picture in the zip, received none', /no picture in this zip/],
  ['Expected at most 100,000 entries in the upload, received more', /more than 100,000 files/],
  ['Expected a zip that unpacks to at most 100 times its size, received 1 bytes', /unpacks to far more/],
  ['Expected entries one after the other in the zip, received some that overlap', /unpacks to far more/],
  ['Expected a zip in the upload, received: File is not a zip file', /cannot be read as a zip/],
])('tells in plain words: %s', (detail, told) => {
  expect(zipProblem(detail)).toMatch(told);
  expect(zipProblem(detail)).not.toMatch(/Expected|received/);
});

it('says what it does not know as it came', () => {
  expect(zipProblem('Something new')).toBe('Something new');
});
