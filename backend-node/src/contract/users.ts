/** Accounts as an administrator sees them. */
import { z } from 'zod';
import { Id, IdParams, line, PageQuery, pageOf, Revision, Time } from './common.ts';
import { Role, routes } from './route.ts';

export const UserName = line(100).min(1);

const UserState = z.enum(['active', 'disabled']);

export const User = z
  .object({
    id: Id,
    revision: Revision,
    email: z.string(),
    name: z.string().describe('Show it as text, never as markup.'),
    role: Role,
    state: UserState,
    created_at: Time,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

const UserChange = z
  .strictObject({
    role: Role.optional(),
    state: UserState.optional().describe('disabled: signed out everywhere, at once.'),
  })
  .refine(({ role, state }) => role !== undefined || state !== undefined, 'Expected role, state or both');
export type UserChange = z.infer<typeof UserChange>;

const tag = 'users';
const access = { scope: 'admin', role: 'admin' } as const;

export const usersRoutes = routes({
  listUsers: {
    method: 'get',
    path: '/users',
    tag,
    summary: 'List accounts',
    access,
    query: PageQuery,
    answers: { 200: { description: 'Accounts, oldest first.', body: pageOf(User) } },
  },
  changeUser: {
    method: 'patch',
    path: '/users/:id',
    tag,
    summary: 'Change what an account may do',
    description: 'It counts from the next request on. The last active administrator stays one.',
    access,
    params: IdParams,
    body: UserChange,
    guarded: true,
    answers: { 200: { description: 'The account as it is now.', body: User } },
    problems: ['conflict', 'invalid_transition'],
  },
});
