import { expect, it } from 'vitest';
import { words } from '../../../../frontend/src/features/gallery/words.ts';

it.each([
  [30, 'Pictures stay here for 30 days, then they go for good.'],
  [1, 'Pictures stay here for 1 day, then they go for good.'],
  [0, 'Pictures stay here until the next clean-up, then they go for good.'],
  [undefined, 'Pictures stay here for the time your administrator set, then they go for good.'],
])('the trash that keeps for %s days says so', (days, text) => {
  expect(words.trashPage.text(days)).toBe(text);
});
