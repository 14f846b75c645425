/** Signing up, in and out, and one's own account. */
import { z } from 'zod';
import { Id, IdParams, listOf, NoContent, Time } from './common.ts';
import { routes } from './route.ts';
import { User, UserName } from './users.ts';

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email('Expected an email address'));
export const NewPassword = z
  .string()
  .min(10)
  .max(200)
  .refine((text) => text.isWellFormed(), 'Expected well-formed text')
  .describe('Any characters. Common passwords and the email address are refused.');
const Password = z.string().min(1).max(200);

export const SignedIn = z
  .object({
    access_token: z.string().describe('Send it as Authorization: Bearer … and keep it in memory only.'),
    expires_in_s: z.int().describe('After this time POST /auth/refresh gives another one.'),
    user: User,
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

export const Session = z
  .object({
    id: Id,
    client: z.string().describe('The User-Agent that signed in. Show it as text, never as markup.'),
    created_at: Time,
    rotated_at: Time.describe('When it was last used to get an access token.'),
    expires_at: Time.describe('When it ends unless it is used before.'),
    current: z.boolean().describe('It is the one that asks.'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

const COOKIES = { 'Set-Cookie': 'vitrine_refresh and vitrine_view: HttpOnly, SameSite=Strict.' };
const open = 'open' as const;
const tag = 'auth';
const account = { scope: 'account' } as const;
const person = { scope: 'account', person: true } as const;

export const authRoutes = routes({
  signUpState: {
    method: 'get',
    path: '/auth/state',
    tag,
    summary: 'Tell whether people may sign up',
    access: open,
    answers: {
      200: {
        description: 'What the app should offer and tell.',
        body: z.object({
          registration: z.enum(['open', 'closed']),
          first_account: z.boolean().describe('Nobody has an account yet: whoever signs up is the administrator.'),
          trash_days: z.int().describe('Days a picture stays in the trash before it is gone for good.'),
          max_archive_bytes: z
            .int()
            .nullable()
            .describe('Most bytes a zip may have; null until the processing service was asked.'),
        }),
      },
    },
  },
  register: {
    method: 'post',
    path: '/auth/register',
    tag,
    summary: 'Sign up',
    description:
      'The first account is the administrator’s. One address may sign up 20 times an hour; a taken email counts as well.',
    access: open,
    body: z.strictObject({ email: Email, name: UserName, password: NewPassword }),
    answers: { 201: { description: 'The account, signed in.', body: SignedIn, headers: COOKIES } },
    problems: ['email_taken', 'forbidden', 'too_many_requests', 'too_busy'],
  },
  login: {
    method: 'post',
    path: '/auth/login',
    tag,
    summary: 'Sign in',
    description:
      'After five wrong passwords in a row one has to wait, longer each time, 15 minutes at most. Nothing tells whether there is an account with an email address.',
    access: open,
    body: z.strictObject({ email: Email, password: Password }),
    answers: { 200: { description: 'Signed in.', body: SignedIn, headers: COOKIES } },
    problems: ['unauthorized', 'wrong_credentials', 'forbidden', 'too_many_requests', 'too_busy'],
  },
  refresh: {
    method: 'post',
    path: '/auth/refresh',
    tag,
    summary: 'Get another access token by the cookie',
    description:
      'Each cookie is good for one refresh (and for 10 seconds more, for two tabs at once). An older one ends the session: somebody else may have it.',
    access: open,
    answers: { 200: { description: 'Still signed in.', body: SignedIn, headers: COOKIES } },
    problems: ['unauthorized', 'cross_site'],
  },
  logout: {
    method: 'post',
    path: '/auth/logout',
    tag,
    summary: 'Sign out',
    description: 'Ends the session of the cookie and of the access token: both stop at once.',
    access: open,
    answers: { 204: NoContent },
    problems: ['cross_site'],
  },
  changePassword: {
    method: 'post',
    path: '/auth/password',
    tag,
    summary: 'Change the password',
    description: 'All other sessions end at once. API keys stay: revoke them where needed.',
    access: person,
    body: z.strictObject({ current: Password, new: NewPassword }),
    answers: { 204: NoContent },
    problems: ['wrong_credentials', 'conflict', 'too_many_requests', 'too_busy'],
  },
  me: {
    method: 'get',
    path: '/me',
    tag,
    summary: 'Show one’s own account',
    access: account,
    answers: { 200: { description: 'The account that asks.', body: User } },
  },
  changeMe: {
    method: 'patch',
    path: '/me',
    tag,
    summary: 'Change one’s own name',
    access: account,
    body: z.strictObject({ name: UserName }),
    guarded: true,
    answers: { 200: { description: 'The account as it is now.', body: User } },
    problems: ['conflict'],
  },
  deleteMe: {
    method: 'delete',
    path: '/me',
    tag,
    summary: 'Delete one’s own account with all it owns',
    description:
      'Pictures, versions, recipes, albums, share links, API keys and sessions go at once and for good; their files follow. The journal keeps ids, no names. The last active administrator cannot go.',
    access: person,
    body: z.strictObject({ password: Password }),
    answers: { 204: NoContent },
    problems: ['wrong_credentials', 'conflict', 'invalid_transition', 'too_many_requests', 'too_busy'],
  },
  listSessions: {
    method: 'get',
    path: '/me/sessions',
    tag,
    summary: 'List where one is signed in',
    access: person,
    answers: { 200: { description: 'Sessions, newest first.', body: listOf(Session) } },
  },
  endSession: {
    method: 'delete',
    path: '/me/sessions/:id',
    tag,
    summary: 'Sign out somewhere else',
    access: person,
    params: IdParams,
    answers: { 204: NoContent },
  },
});
