/** Calls a route by its sample, as somebody. */
import type { Route } from '../../../backend-node/src/contract/route.ts';
import { allRoutes } from '../../../backend-node/src/contract/index.ts';
import type { Client } from '../studio.ts';
import { SAMPLES, type Sample } from './samples.ts';
import type { Things } from './things.ts';

export interface Known {
  readonly name: string;
  readonly route: Route;
  readonly sample: Sample;
}

/** Every route that has a sample; matrix.test.ts sees to it that all have. */
export const EVERY: readonly Known[] = Object.entries(allRoutes).flatMap(([name, route]) => {
  const sample = SAMPLES[name];
  return sample ? [{ name, route, sample }] : [];
});

export interface Changed {
  /** Instead of the sample's. */
  readonly query?: string;
  /** Text of a JSON body, instead of the sample's. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer, with its body unread. */
export async function callAs(
  client: Client,
  { route, sample }: Known,
  things: Things,
  changed: Changed = {},
): Promise<Response> {
  const query = changed.query ?? sample.query?.(things) ?? '';
  const text = changed.text ?? (sample.body ? JSON.stringify(sample.body(things)) : undefined);
  const type = sample.bytes?.type ?? (text === undefined ? undefined : 'application/json');
  const body = sample.bytes?.data ?? text;
  return client.call(`${sample.path(things)}${query === '' ? '' : `?${query}`}`, {
    method: route.method.toUpperCase(),
    headers: { ...(type !== undefined && { 'Content-Type': type }), ...changed.headers },
    ...(body !== undefined && { body }),
    // A stream that never ends is a failure here.
    signal: AbortSignal.timeout(20_000),
  });
}

export async function problemOf(answer: Response): Promise<{ status: number; code?: string; detail?: string }> {
  const text = await answer.text();
  const isProblem = answer.headers.get('Content-Type')?.startsWith('application/problem+json') === true;
  const { code, detail } = (isProblem ? JSON.parse(text) : {}) as { code?: string; detail?: string };
  return { status: answer.status, ...(code !== undefined && { code }), ...(detail !== undefined && { detail }) };
}
