/**
 * Home and a gallery of 1,000 pictures as Lighthouse sees them, on a desktop and on a slow phone; and how evenly the
 * gallery scrolls. The browser is the one of the stories.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig, type Config, type Flags } from 'lighthouse';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { freePort } from '../tests/backend-node/pyservice.ts';
import { CHROMIUM, FLAGS } from '../tests/e2e/chromium.ts';
import { finish, jpegs, rounded, startServices, upload, type Services } from './services.ts';

const PICTURES = Number(process.env['PICTURES'] ?? 1000);
const IN_FLIGHT = 4;
const ASKED = { performance: 90, accessibility: 95 };

async function fill(services: Services): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-jpegs-'));
  try {
    await jpegs('prepare', folder, String(PICTURES));
    const left = readdirSync(folder).values();
    const each = async (): Promise<void> => {
      for (const name of left) await upload(services, join(folder, name));
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, each));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The browser knows the session by its cookies, as after signing in. */
async function signIn(context: BrowserContext, { gateway, cookies }: Services): Promise<void> {
  const given = cookies.split('; ').map((cookie) => {
    const [name = '', value = ''] = cookie.split('=', 2);
    return { name, value, url: name === 'vitrine_refresh' ? `${gateway.url}/api/v1/auth` : gateway.url };
  });
  await context.addCookies(given);
  const page = await context.newPage();
  await page.goto(`${gateway.url}/favicon.svg`);
  await page.evaluate(() => {
    localStorage.setItem('vitrine.signed-in', 'yes');
  });
  await page.close();
}

async function scores(url: string, port: number, config: Config | undefined) {
  const flags: Flags = {
    port,
    disableStorageReset: true,
    onlyCategories: ['performance', 'accessibility'],
    logLevel: 'error',
  };
  const result = await lighthouse(url, flags, config);
  if (!result) throw new Error(`Expected Lighthouse to look at ${url}`);
  const { categories, audits, finalDisplayedUrl } = result.lhr;
  // Who is sent to sign in sees another page.
  if (finalDisplayedUrl !== url) throw new Error(`Expected ${url} to be shown, received ${finalDisplayedUrl}`);
  return {
    performance: Math.round((categories['performance']?.score ?? 0) * 100),
    accessibility: Math.round((categories['accessibility']?.score ?? 0) * 100),
    largest_paint_ms: Math.round(audits['largest-contentful-paint']?.numericValue ?? 0),
    blocking_ms: Math.round(audits['total-blocking-time']?.numericValue ?? 0),
    layout_shift: rounded(audits['cumulative-layout-shift']?.numericValue ?? 0, 3),
  };
}

/** Run in the page: milliseconds from frame to frame, for three seconds. */
const GAPS = `new Promise((resolve) => {
  const times = [];
  const begun = performance.now();
  const tick = (now) => {
    times.push(now);
    if (now - begun < 3000) requestAnimationFrame(tick);
    else resolve(times.slice(1).map((time, at) => time - times[at]));
  };
  requestAnimationFrame(tick);
})`;

/** Milliseconds between frames while the wheel turns for three seconds. */
async function scrolled(page: Page, url: string) {
  await page.goto(url);
  await page.locator('main img').first().waitFor();
  const frames = page.evaluate<number[]>(GAPS);
  await page.mouse.move(600, 400);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 200);
    await page.waitForTimeout(40);
  }
  const gaps = (await frames).toSorted((a, b) => a - b);
  const at = (share: number): number => rounded(gaps[Math.floor(gaps.length * share)] ?? 0, 1);
  return { frames: gaps.length, median_ms: at(0.5), p95_ms: at(0.95), longest_ms: rounded(gaps.at(-1) ?? 0, 1) };
}

const services = await startServices();
const profile = mkdtempSync(join(tmpdir(), 'vitrine-profile-'));
const port = await freePort();
try {
  await fill(services);
  const options = { executablePath: CHROMIUM ?? '', args: [...FLAGS, `--remote-debugging-port=${port}`] };
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    viewport: { width: 1280, height: 800 },
  });
  const { url } = services.gateway;
  const home = await scores(`${url}/`, port, desktopConfig);
  const home_phone = await scores(`${url}/`, port, undefined);
  await signIn(context, services);
  const gallery = await scores(`${url}/gallery`, port, desktopConfig);
  const gallery_phone = await scores(`${url}/gallery`, port, undefined);
  const scrolling = await scrolled(await context.newPage(), `${url}/gallery`);
  await context.close();
  const good = [home, gallery].every(
    ({ performance, accessibility }) => performance >= ASKED.performance && accessibility >= ASKED.accessibility,
  );
  finish('app', good, { pictures: PICTURES, home, gallery, home_phone, gallery_phone, scrolling }, ASKED);
} finally {
  await services.stop();
  rmSync(profile, { recursive: true, force: true });
}
