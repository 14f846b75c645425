/** The audit log: who did what, and when. It only grows; each entry holds the hash of the one before. */
import { z } from 'zod';
import { flag, pageOf, PageQuery, Time, When } from './common.ts';
import { routes } from './route.ts';

export const AuditEntry = z
  .object({
    seq: z.int(),
    at: Time,
    owner: z.string().describe('Whose things changed; empty where they are nobody’s.'),
    actor: z.string().describe('Who did it; empty where the gateway did.'),
    action: z.string().describe('noun.verb, like image.trashed'),
    target: z.string().describe('Id of what it was done to; empty where details.ids lists several.'),
    details: z.looseObject({}),
    request: z.string().describe('Id of the request, as in the logs.'),
    previous: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = PageQuery.extend({
  all: flag
    .default(false)
    .describe('Everybody’s entries: for admins. Otherwise what you did, or was done to your things.'),
  actor: z.string().min(1).max(100).optional(),
  action: z.string().min(1).max(100).optional(),
  target: z.string().min(1).max(100).optional(),
  from: When.optional().describe('Entries of then or later: a date or a time.'),
  to: When.optional().describe('Entries before: a date or a time.'),
});
export type AuditQuery = z.output<typeof AuditQuery>;

const tag = 'audit';

export const auditRoutes = routes({
  listAudit: {
    method: 'get',
    path: '/audit',
    tag,
    summary: 'The audit log, newest first',
    access: { scope: 'account' },
    query: AuditQuery,
    answers: { 200: { description: 'A page of entries.', body: pageOf(AuditEntry) } },
  },
  verifyAudit: {
    method: 'get',
    path: '/audit/verify',
    tag,
    summary: 'Read the whole log and check its chain',
    access: { scope: 'admin', role: 'admin' },
    answers: {
      200: {
        description: 'Whether it holds.',
        body: z.object({
          entries: z.int().describe('How many entries hold, from the first one on.'),
          head: z
            .string()
            .describe('Hash of the last of them. Note it elsewhere: it shows later whether newer entries went.'),
          broken_at: z.int().nullable().describe('seq of the first entry that is changed, missing or out of place.'),
        }),
      },
    },
  },
});
