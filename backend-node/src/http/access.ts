/** May this caller use this route? What belongs to whom is decided by the services. */
import { ROLES, type Access, type Role } from '../contract/route.ts';
import { GatewayError } from '../errors.ts';
import type { Who } from './call.ts';

const atLeast = (role: Role, wanted: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(wanted);

/** Throws unauthorized where nobody is signed in, forbidden where a scope or role is missing. */
export function requireAccess(access: Access, who: Who | undefined): Who | undefined {
  if (access === 'open') return who;
  if (!who) throw new GatewayError('unauthorized', 'Expected a signed-in person or an API key, received neither');
  if (access.person && who.key !== '') {
    throw new GatewayError('forbidden', 'Expected a signed-in person, received an API key');
  }
  if (!who.scopes.has(access.scope)) {
    throw new GatewayError('forbidden', `Expected a key with the scope ${access.scope}, received one without it`);
  }
  if (access.role && !atLeast(who.role, access.role)) {
    throw new GatewayError('forbidden', `Expected the role ${access.role}, received ${who.role}`);
  }
  return who;
}
