/** Versions, masks and checks over HTTP. */
import type { Request } from 'express';
import { Image } from '../../contract/image.ts';
import { versionsRoutes } from '../../contract/versions.ts';
import { GatewayError } from '../../errors.ts';
import type { Api } from '../../http/api.ts';
import { created, noContent, ok, SENT } from '../../http/call.ts';
import { positionOf, shownPage } from '../../http/cursor.ts';
import { downloadName } from '../../http/file-names.ts';
import { sendBlob } from '../../processing/send-blob.ts';
import { Checks } from './checks.ts';
import { Masks } from './masks.ts';
import { shown } from './shown.ts';
import { Versions, type Kept, type VersionsParts } from './service.ts';

export function addVersions(api: Api, parts: VersionsParts): void {
  const versions = new Versions(parts);
  const masks = new Masks(versions, parts);
  const checks = new Checks(versions, parts.processing);
  api.add(versionsRoutes, {
    createVersion: async (call) => createdVersion(await versions.create(call, call.params.id, call.body)),
    listVersions: async (call) => {
      const image = await versions.image(call.params.id, call);
      const list = `versions ${image.id}`;
      const page = await versions.list(image, call.query.limit, positionOf(list, call.query.cursor));
      return ok(shownPage(list, page, (row) => shown(row, image)));
    },
    getVersion: async (call) => {
      const image = await versions.image(call.params.id, call);
      return ok(shown(await versions.of(image, call.params.version), image));
    },
    deleteVersion: async (call) => {
      await versions.delete(call, call.params.id, call.params.version, call.expected);
      return noContent();
    },
    chooseVersion: async (call) =>
      ok(Image.parse(await versions.choose(call, call.params.id, call.body.version, call.expected))),
    getMask: async (call) => {
      const { version, frame, download } = call.query;
      const image = await versions.image(call.params.id, call);
      const blob = await masks.find(image, version ?? '', frame);
      const name = download === true && { download: downloadName(`${image.name}_mask.png`, 'image/png') };
      await sendBlob(call, parts.processing, { blob, mime: 'image/png', lasting: version !== undefined, ...name });
      return SENT;
    },
    putMask: async (call) => {
      expectPng(call.req);
      return createdVersion(await masks.put(call, call.params.id, call.query.version ?? '', call.req));
    },
    addMask: async (call) => {
      expectPng(call.req);
      return { status: 201, body: await masks.add(call, call.params.id, call.req) };
    },
    checkImage: async (call) => {
      const { checked, saved } = await checks.check(call, call.params.id, call.body);
      return ok({ ...checked, version: saved ? shown(saved.version, saved.image) : null });
    },
  });
}

function expectPng(req: Request): void {
  if (req.is('image/png') !== 'image/png')
    throw new GatewayError('unsupported_media_type', 'Expected a body of type image/png');
}

const createdVersion = ({ version, image }: Kept) =>
  created(shown(version, image), `/api/v1/images/${image.id}/versions/${version.id}`);
