/** Exports over HTTP: streams that begin at once and never lie in memory as a whole. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { exportRoutes } from '../../contract/image-export.ts';
import type { Api } from '../../http/api.ts';
import { SENT } from '../../http/call.ts';
import { pack } from './archive.ts';
import type { ExportParts } from './parts.ts';
import { expectOwn } from './picks.ts';
import { sendDownload } from './send-download.ts';
import { csvOf, ndjsonOf } from './tables.ts';

export function addExport(api: Api, parts: ExportParts): void {
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
      const zip = new ZipFile();
      const sent = sendDownload(
        call,
        'pictures.zip',
        'application/zip',
        Readable.from(zip.outputStream, { objectMode: false }),
      );
      await Promise.all([pack(zip, parts, call, call.body), sent]);
      return SENT;
    },
  });
}
