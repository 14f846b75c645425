import { expect, it } from 'vitest';
import { Places } from '../../../../frontend/src/lib/jobs/places.ts';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Work that says when it began and ends when it is told to. */
function work() {
  const ends = Promise.withResolvers<undefined>();
  const told = { begun: false, end: () => ends.resolve(undefined) };
  const run = () => {
    told.begun = true;
    return ends.promise;
  };
  return { told, run };
}

it('lets so many in at once, and the next in order when one leaves', async () => {
  const places = new Places(2);
  const works = [work(), work(), work(), work()];
  const all = works.map(({ run }) => places.during(never, run));
  await settled();
  expect(works.map(({ told }) => told.begun)).toEqual([true, true, false, false]);
  works[1]?.told.end();
  await settled();
  expect(works.map(({ told }) => told.begun)).toEqual([true, true, true, false]);
  for (const { told } of works) told.end();
  await settled();
  for (const { told } of works) told.end();
  await Promise.all(all);
  expect(works[3]?.told.begun).toBe(true);
});

it('gives the place on where work fails, and where nobody wants it any more', async () => {
  const places = new Places(1);
  const gone = AbortSignal.abort(new Error('gone'));
  const failing = places.during(never, () => Promise.reject(new Error('broken')));
  const unwanted = work();
  const dropped = places.during(gone, unwanted.run);
  const last = places.during(never, () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('broken');
  await expect(dropped).rejects.toThrow('gone');
  expect(await last).toBe('done');
  expect(unwanted.told.begun).toBe(false);
});
