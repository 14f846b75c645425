/** Cookies come by themselves, so requests that count on one must come from our own pages. */
import type { Request } from 'express';
import { GatewayError } from '../errors.ts';

const refused = (received: string): GatewayError =>
  new GatewayError('cross_site', `Expected a request from Vitrine’s own pages, received one from ${received}`);

/** For looking at things: a page of another site must not. */
export function expectSameSite(req: Request): void {
  if (req.get('Sec-Fetch-Site') === 'cross-site') throw refused('another site');
}

/** For changing things: a page of another origin must not, even of the same site. origins: those let in by the settings. */
export function expectSameOrigin(req: Request, origins: readonly string[]): void {
  const site = req.get('Sec-Fetch-Site') ?? 'none';
  if (site !== 'same-origin' && site !== 'none') throw refused('another site');
  const origin = req.get('Origin');
  if (origin === undefined || origins.includes(origin)) return;
  if (URL.parse(origin)?.host !== req.host) throw refused('another origin');
}
