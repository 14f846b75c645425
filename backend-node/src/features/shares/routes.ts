import type { Response } from 'express';
import { sharesRoutes } from '../../contract/shares.ts';
import type { Api } from '../../http/api.ts';
import { created, noContent, ok, SENT } from '../../http/call.ts';
import { purposeKey } from '../../http/purpose-keys.ts';
import { sendBlob, sendThumb } from '../../processing/send-blob.ts';
import type { ShareParts } from './parts.ts';
import { Shares } from './service.ts';
import { Visits } from './visits.ts';

export function addShares(api: Api, parts: ShareParts): void {
  const key = purposeKey(parts.secret, 'share link');
  const shares = new Shares(parts, key);
  const visits = new Visits(parts.store, key);
  api.add(sharesRoutes, {
    createShare: async (call) => {
      const share = await shares.create(call, call.params.id, call.body);
      return created(share, `/api/v1/shares/${share.id}`);
    },
    listShares: async ({ who, params, query }) => ok(await shares.list(who.id, params.id, query)),
    revokeShare: async (call) => {
      await shares.revoke(call, call.params.id);
      return noContent();
    },
    getShared: async ({ res, params, query }) => {
      keepSecret(res);
      return ok(await visits.pictures(params.token, query));
    },
    getSharedFile: async (call) => {
      keepSecret(call.res);
      const { thumb, ...file } = await visits.file(call.params.token, call.params.id, call.query.variant);
      if (thumb) await sendThumb(call, parts.processing, { blob: file.blob, lasting: false });
      else await sendBlob(call, parts.processing, { ...file, lasting: false });
      return SENT;
    },
  });
}

/** The address is the credential: it is told to no other site and to no search engine. */
const keepSecret = (res: Response): void =>
  void res.set({ 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex, nofollow' });
