/** What axe finds wrong with a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing serious and nothing critical, in the page as it is now. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await settled(page);
  await page.evaluate(source);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  const grave = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = grave.map(
    ({ id, help, nodes: found }) =>
      `${id}: ${help}\n${found.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`,
  );
  expect(told, where).toEqual([]);
}

/** Things that fade in have another contrast for a moment. What moves for ever (a skeleton, a loader) is not waited for. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const moving = () =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    // What begins with the next frame counts too.
    for (let calm = 0; calm < 3; calm = moving().length === 0 ? calm + 1 : 0) {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      await frame();
    }
  });
}

/** Nothing is wider than the window: no sideways scrolling. */
export async function expectFits(page: Page, where: string): Promise<void> {
  const { wide_px, window_px } = await page.evaluate(() => ({
    wide_px: document.documentElement.scrollWidth,
    window_px: innerWidth,
  }));
  expect(wide_px, `${where}: width in px`).toBeLessThanOrEqual(window_px);
}
