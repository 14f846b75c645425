/** Webhooks: parse, call, answer. */
import { Delivery, Webhook, webhooksRoutes } from '../../contract/webhooks.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok } from '../../http/call.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { Webhooks, type WebhookParts } from './service.ts';

export function addWebhooks(api: Api, parts: WebhookParts): void {
  const webhooks = new Webhooks(parts);
  api.add(webhooksRoutes, {
    listWebhooks: async ({ who }) => ok({ items: (await webhooks.of(who.id)).map((row) => Webhook.parse(row)) }),
    createWebhook: async (call) => {
      const row = await webhooks.create(call, call.body.url);
      const headers = { Location: `/api/v1/webhooks/${row.id}` };
      return { status: 201, body: { ...Webhook.parse(row), secret: row.secret }, headers };
    },
    deleteWebhook: async (call) => {
      await webhooks.delete(call, call.params.id);
      return noContent();
    },
    testWebhook: async (call) => ({ status: 202, body: Delivery.parse(await webhooks.test(call, call.params.id)) }),
    listDeliveries: async ({ who, params, query }) => {
      const list = `deliveries of ${params.id}`;
      const page = await webhooks.deliveries(who.id, params.id, query.limit, positionOf(list, query.cursor));
      return ok(shownPage(list, page, (row) => Delivery.parse(row)));
    },
  });
}
