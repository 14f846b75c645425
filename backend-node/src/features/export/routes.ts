/** Exports over HTTP: streams that begin at once and never lie in memory as a whole. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { exportRoutes } from '../../contract/image-export.ts';
import { GatewayError } from '../../errors.ts';
import type { Api } from '../../http/api.ts';
import { AtOnce } from '../../http/at-once.ts';
import { SENT } from '../../http/call.ts';
import { pack } from './archive.ts';
import type { ExportParts } from './parts.ts';
import { expectOwn } from './picks.ts';
import { sendDownload } from '../../processing/send-download.ts';
import { csvOf, ndjsonOf } from './tables.ts';

/** Its table and its list of files are in memory until it ends. */
const MOST_ARCHIVES = 2;

export function addExport(api: Api, parts: ExportParts): void {
  const atOnce = new AtOnce(MOST_ARCHIVES, tooMany);
  api.add(exportRoutes, {
    exportCsv: async (call) => {
      const lines = csvOf(parts.store, call.who.id, call.query);
      await sendDownload(call, 'images.csv', 'text/csv; charset=utf-8', Readable.from(lines));
      return SENT;
    },
    exportNdjson: async (call) => {
      const lines = ndjsonOf(parts.store, call.who.id, call.query);
      await sendDownload(call, 'images.ndjson', 'application/x-ndjson', Readable.from(lines));
      return SENT;
    },
    exportZip: async (call) => {
      await expectOwn(parts.store, call.who.id, call.body);
      await parts.processing.about();
      await atOnce.run(call.who.id, async () => {
        const zip = new ZipFile();
        const bytes = Readable.from(zip.outputStream, { objectMode: false });
        const sent = sendDownload(call, 'pictures.zip', 'application/zip', bytes);
        await Promise.all([pack(zip, parts, call, call.body), sent]);
      });
      return SENT;
    },
  });
}

const tooMany = (): GatewayError =>
  new GatewayError('too_busy', `Expected at most ${MOST_ARCHIVES} archives of one account at once`, {
    retry_after_s: 5,
  });
