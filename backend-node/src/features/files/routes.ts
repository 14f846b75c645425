/** Files of images over HTTP. */
import { filesRoutes } from '../../contract/image-files.ts';
import type { Api } from '../../http/api.ts';
import { SENT } from '../../http/call.ts';
import { sendBlob, sendThumb } from '../../processing/send-blob.ts';
import { fileOf, type FileParts } from './service.ts';

export function addFiles(api: Api, parts: FileParts): void {
  api.add(filesRoutes, {
    getImageFile: async (call) => {
      const { v, ...wish } = call.query;
      const file = await fileOf(parts, call, call.params.id, wish);
      const lasting = v !== undefined;
      if (wish.variant === 'thumb') await sendThumb(call, parts.processing, { ...file, lasting });
      else await sendBlob(call, parts.processing, { ...file, lasting });
      return SENT;
    },
  });
}
