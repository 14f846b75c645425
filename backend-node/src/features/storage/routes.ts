import { storageRoutes } from '../../contract/storage.ts';
import type { Api } from '../../http/api.ts';
import { ok } from '../../http/call.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Store } from '../../store/store.ts';

interface StorageParts {
  readonly store: Store;
  readonly processing: Processing;
}

export function addStorage(api: Api, { store, processing }: StorageParts): void {
  api.add(storageRoutes, {
    getStorage: async (context) => {
      const [users, images, versions, disk] = await Promise.all([
        store.count('users', {}),
        store.count('images', {}),
        store.count('versions', {}),
        processing.disk(context),
      ]);
      return ok({ users, images, versions, database: store.kind, disk });
    },
  });
}
