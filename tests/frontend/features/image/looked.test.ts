import { expect, test } from 'vitest';
import { lookedAt, ORIGINAL, stagePicture } from '../../../../frontend/src/features/image/looked.ts';
import { anImage, aVersion } from './an-image.ts';

const first = aVersion({ id: '01M7WS6RC2RWDHCKFVTK7AY541', number: 1, width: 300, height: 200 });
const second = aVersion({ id: '01M7WS6RC2RWDHCKFVTK7AY542', number: 2 });
const versions = [second, first];
const image = anImage({ current_version: second.id, shown: { width: 2000, height: 2000, thumbhash: 'x' } });

test('what is shown everywhere is looked at unless something else is asked for', () => {
  expect(lookedAt(null, image, versions)).toMatchObject({ kind: 'version', version: second, current: true });
});

test('another version can be looked at without becoming the current one', () => {
  expect(lookedAt(first.id, image, versions)).toMatchObject({ kind: 'version', version: first, current: false });
});

test('an id that is none of the versions means what is shown', () => {
  expect(lookedAt('<img src=x>', image, versions)).toMatchObject({ version: second, current: true });
});

test('without versions the original is what is shown', () => {
  expect(lookedAt(null, anImage(), [])).toEqual({ kind: 'original', current: true });
});

test('a current version that is not read yet is shown all the same', () => {
  const looked = lookedAt(null, image, []);
  expect(looked).toEqual({ kind: 'unread', current: true });
  expect(stagePicture(image, looked)).toMatchObject({ width: 2000, height: 2000 });
});

test('the picture on the stage does not change when its version has been read', () => {
  const before = stagePicture(image, lookedAt(null, image, []));
  expect(stagePicture(image, lookedAt(null, image, versions))).toEqual(before);
});

test('the original stands in the shape of the original', () => {
  const picture = stagePicture(image, lookedAt(ORIGINAL, image, versions));
  expect(picture).toMatchObject({ width: 600, height: 400 });
  expect(picture.sources.join()).toContain('version=original');
});

test('every pixel of an original is only asked for where browsers show its format', () => {
  const raw = anImage({ format: 'tiff' });
  expect(stagePicture(raw, lookedAt(null, raw, [])).full).toBeUndefined();
  expect(stagePicture(anImage(), lookedAt(null, anImage(), [])).full).toContain('variant=original');
});

test('a title like markup is the text of the picture, as it was written', () => {
  const title = '<img src=x onerror=alert(1)>';
  expect(stagePicture(anImage({ title }), lookedAt(null, anImage(), [])).alt).toBe(title);
});
