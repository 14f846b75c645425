/** What a story of people with browsers is told with. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, onTestFailed } from 'vitest';
import { Studio, type Window } from './studio.ts';

const FAILURES = join(tmpdir(), 'vitrine-e2e-failures');

/** A studio for a file of stories. A failed one leaves pictures of its windows. */
export function studioOfFile(args: readonly string[] = []): () => Studio {
  let studio: Studio | undefined;
  beforeAll(async () => {
    studio = await Studio.start(args);
  });
  afterEach(() => studio?.closeWindows());
  afterAll(() => studio?.stop());
  return () => {
    if (!studio) throw new Error('Expected the studio to have been started');
    return studio;
  };
}

/** Opens a window whose complaints are looked at when `calm` is called, and that is photographed where the story fails. */
export async function begin(studio: Studio, path = '/', options: BrowserContextOptions = {}): Promise<Window> {
  const window = await studio.open(path, options);
  onTestFailed(async ({ task }) => {
    mkdirSync(FAILURES, { recursive: true });
    const file = join(FAILURES, `${task.name.replace(/\W+/g, '-').slice(0, 80)}-${Date.now()}.png`);
    await window.page.screenshot({ path: file }).catch(() => undefined);
    process.stderr.write(`The page as it was: ${file}\n${window.unexpected().join('\n')}\n`);
  });
  return window;
}

/** The page had nothing to complain of. */
export const calm = (window: Window): void => expect(window.unexpected()).toEqual([]);
