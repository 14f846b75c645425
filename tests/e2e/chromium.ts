/** The browser of the stories: Chromium as Debian packages it, or the one that CHROMIUM names. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path));

export const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--lang=en-GB',
];

/** Rejects where there is none: a browser test that did not run is not one that passed. */
export function launch(args: readonly string[] = []): Promise<Browser> {
  if (CHROMIUM === undefined)
    throw new Error('Expected Chromium: apt-get install chromium, or set CHROMIUM to its path');
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...args] });
}
