/** API keys: parse, call, answer. */
import { ApiKey, apiKeysRoutes } from '../../contract/api-keys.ts';
import type { Api } from '../../http/api.ts';
import { noContent, ok } from '../../http/call.ts';
import type { ApiKeys } from './service.ts';

export function addApiKeys(api: Api, keys: ApiKeys): void {
  api.add(apiKeysRoutes, {
    listApiKeys: async ({ who }) => ok({ items: (await keys.of(who.id)).map((row) => ApiKey.parse(row)) }),
    createApiKey: async (call) => {
      const { row, key } = await keys.create(call, call.body);
      return { status: 201, body: { ...ApiKey.parse(row), key } };
    },
    revokeApiKey: async (call) => {
      await keys.revoke(call, call.params.id);
      return noContent();
    },
  });
}
