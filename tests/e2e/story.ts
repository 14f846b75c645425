/** What a story of people with browsers is told with. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Studio, type Environment, type Window } from './studio.ts';

const FAILURES = join(tmpdir(), 'vitrine-e2e-failures');

/** A studio for a file of stories, as Studio.start makes it. A failed story leaves pictures of its windows. */
export function studioOfFile(args: readonly string[] = [], environment: Environment = {}): () => Studio {
  let studio: Studio | undefined;
  beforeAll(async () => {
    studio = await Studio.start(args, environment);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') for (const window of studio?.windows ?? []) await photograph(window, task.name);
    await studio?.closeWindows();
  });
  afterAll(() => studio?.stop());
  return () => {
    if (!studio) throw new Error('Expected the studio to have been started');
    return studio;
  };
}

async function photograph({ page, complaints }: Window, story: string): Promise<void> {
  mkdirSync(FAILURES, { recursive: true });
  const file = join(FAILURES, `${story.replace(/\W+/g, '-').slice(0, 80)}-${Date.now()}.png`);
  await page.screenshot({ path: file }).catch(() => undefined);
  process.stderr.write(`The page ${page.url()} as it was: ${file}\n${complaints.join('\n')}\n`);
}

/** For what comes by itself, a little later: news of the server's work, for instance. */
export const SOON = { timeout: 15_000 } as const;

/** The page had nothing to complain of. */
export const calm = (window: Window): void => expect(window.unexpected()).toEqual([]);
