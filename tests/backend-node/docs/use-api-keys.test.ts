/** The table in docs/how-to/use-api-keys.md. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCOPES } from '../../../backend-node/src/contract/route.ts';

test('the page on API keys has a row for each scope, and for no other', () => {
  const page = readFileSync('docs/how-to/use-api-keys.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z:]+)` \|/gm)].map(([, scope]) => scope);
  expect(rows).toEqual([...SCOPES]);
});
