/**
 * A gateway for this machine alone is reached by this machine's names alone. Otherwise a page elsewhere could give its own
 * name our address (DNS rebinding) and talk to us as if it came from here.
 */
import type { RequestHandler } from 'express';
import { GatewayError } from '../errors.ts';

const OF_THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (host: string): boolean => OF_THIS_MACHINE.test(host.includes(':') ? `[${host}]` : host);

/** Throws wrong_host for another name. Behind a proxy, which says so in its settings, any name will do. */
export const expectOwnHost: RequestHandler = (req, _res, next) => {
  const name = (req.headers.host ?? '').toLowerCase().replace(/:\d{1,5}$/, '');
  if (!OF_THIS_MACHINE.test(name)) {
    const detail = `Expected localhost or 127.0.0.1 as the host, received ${name.slice(0, 100)}; behind a proxy, set VITRINE_TRUSTED_PROXIES`;
    throw new GatewayError('wrong_host', detail);
  }
  next();
};
