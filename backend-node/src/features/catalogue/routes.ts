/** Operations, presets, channels and models over HTTP. */
import type { Route } from '../../contract/route.ts';
import { catalogueRoutes } from '../../contract/catalogue.ts';
import type { Api } from '../../http/api.ts';
import { ok, type Call, type Reply } from '../../http/call.ts';
import type { Catalogue, Processing } from '../../processing/processing.ts';
import { Catalogues } from './service.ts';

export function addCatalogue(api: Api, { processing }: { readonly processing: Processing }): void {
  const catalogues = new Catalogues(processing);
  const listed =
    (name: Catalogue) =>
    async (call: Call<Route>): Promise<Reply> => {
      const { body, etag } = await catalogues.list(name, call);
      const headers = { ETag: etag, 'Cache-Control': 'private, no-cache' };
      call.res.set(headers);
      return call.req.fresh ? { status: 304, headers } : ok(body, headers);
    };
  api.add(catalogueRoutes, {
    listOperations: listed('operations'),
    listPresets: listed('presets'),
    listChannels: listed('channels'),
    listModels: listed('models'),
  });
}
