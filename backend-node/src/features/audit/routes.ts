import { auditRoutes } from '../../contract/audit.ts';
import type { Api } from '../../http/api.ts';
import { ok } from '../../http/call.ts';
import type { AuditParts } from './parts.ts';
import { Audit } from './service.ts';

export function addAudit(api: Api, parts: AuditParts): void {
  const audit = new Audit(parts);
  api.add(auditRoutes, {
    listAudit: async ({ who, query }) => ok(await audit.list(who, query)),
    verifyAudit: async () => ok(await audit.verify()),
  });
}
