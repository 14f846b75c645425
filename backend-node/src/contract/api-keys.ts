/** API keys: for programs. A key may do what its scopes say, at most what its owner may. */
import { z } from 'zod';
import { Id, IdParams, line, listOf, NoContent, Time } from './common.ts';
import { routes, Scope } from './route.ts';

const KeyName = line(100).min(1);

export const ApiKey = z
  .object({
    id: Id,
    name: z.string().describe('Show it as text, never as markup.'),
    hint: z.string().describe('Its last characters, to tell keys apart.'),
    scopes: z.array(Scope).readonly(),
    created_at: Time,
    used_at: z.union([Time, z.literal('')]).describe('To the minute; empty where it never was.'),
    expires_at: z.union([Time, z.literal('')]).describe('Empty: it does not end by itself.'),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

const NewApiKey = z.strictObject({
  name: KeyName,
  scopes: z
    .array(Scope)
    .min(1)
    .max(Scope.options.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, 'Expected each scope once'),
  expires_at: Time.refine((time) => Date.parse(time) > Date.now(), 'Expected a time in the future')
    .optional()
    .describe('When it ends. Left out: never.'),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

const tag = 'API keys';
const access = { scope: 'account', person: true } as const;

export const apiKeysRoutes = routes({
  listApiKeys: {
    method: 'get',
    path: '/api-keys',
    tag,
    summary: 'List one’s API keys',
    access,
    answers: { 200: { description: 'Keys without their secrets, newest first.', body: listOf(ApiKey) } },
  },
  createApiKey: {
    method: 'post',
    path: '/api-keys',
    tag,
    summary: 'Make an API key',
    description:
      'The key is shown this once: only its hash is kept. Send it as X-Api-Key, or as Authorization: Bearer. One account has 50 keys at most.',
    access,
    body: NewApiKey,
    answers: {
      201: {
        description: 'The key.',
        body: ApiKey.extend({ key: z.string().describe('vt_…: keep it where only the program can read it.') }),
      },
    },
    problems: ['forbidden', 'conflict'],
  },
  revokeApiKey: {
    method: 'delete',
    path: '/api-keys/:id',
    tag,
    summary: 'Revoke an API key',
    access,
    params: IdParams,
    answers: { 204: NoContent },
  },
});
