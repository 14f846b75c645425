/** Webhooks: addresses of yours that are told when work ends. */
import { z } from 'zod';
import { Id, IdParams, NoContent, PageQuery, pageOf, Time } from './common.ts';
import { routes } from './route.ts';

export const MOST_WEBHOOKS = 10;

export const Webhook = z.object({ id: Id, url: z.string(), created_at: Time }).meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof Webhook>;

export const Delivery = z
  .object({
    id: Id.describe('What the header webhook-id says.'),
    event: z.string().describe('batch.ended, import.ended or webhook.test'),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    outcome: z.string().describe('Of the last attempt: the status that was answered, or why there was none.'),
    created_at: Time,
    due_at: z.union([Time, z.literal('')]).describe('Of the next attempt; empty where there is none.'),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

const account = { scope: 'account' } as const;
const tag = 'webhooks';

export const webhooksRoutes = routes({
  listWebhooks: {
    method: 'get',
    path: '/webhooks',
    tag,
    summary: 'Your webhooks',
    access: account,
    answers: { 200: { description: 'All of them.', body: z.object({ items: z.array(Webhook) }) } },
  },
  createWebhook: {
    method: 'post',
    path: '/webhooks',
    tag,
    summary: 'Have an address told when a batch or an import ends',
    description:
      'Signed as https://www.standardwebhooks.com says. The secret is shown once. A public address, or one the operator allows.',
    access: account,
    body: z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2000) }),
    answers: {
      201: {
        description: 'The webhook with its secret.',
        body: Webhook.extend({ secret: z.string().describe('whsec_…: shown this once.') }),
        headers: { Location: 'Address of the webhook.' },
      },
    },
    idempotent: true,
    problems: ['conflict'],
  },
  deleteWebhook: {
    method: 'delete',
    path: '/webhooks/:id',
    tag,
    summary: 'Tell this address nothing more',
    access: account,
    params: IdParams,
    answers: { 204: NoContent },
    problems: ['conflict'],
  },
  testWebhook: {
    method: 'post',
    path: '/webhooks/:id/test',
    tag,
    summary: 'Tell it something now',
    access: account,
    params: IdParams,
    answers: { 202: { description: 'What is being delivered.', body: Delivery } },
    problems: ['conflict'],
  },
  listDeliveries: {
    method: 'get',
    path: '/webhooks/:id/deliveries',
    tag,
    summary: 'What it was told, newest first',
    access: account,
    params: IdParams,
    query: PageQuery,
    answers: { 200: { description: 'A page of deliveries.', body: pageOf(Delivery) } },
  },
});
