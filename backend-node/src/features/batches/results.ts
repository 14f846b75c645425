/** What a batch made, to take away: a table, and the pictures with it. Both are made while they are sent. */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { GatewayError, isProblem } from '../../errors.ts';
import { AtOnce } from '../../http/at-once.ts';
import type { Context } from '../../http/call.ts';
import { endingOf, stemOf } from '../../http/file-names.ts';
import type { Asker } from '../../http/send-stream.ts';
import { add, failureOf } from '../../http/zip.ts';
import { itemsOfJob } from '../../ledger/items.ts';
import { sendDownload } from '../../processing/send-download.ts';
import type { ItemRow, JobRow } from '../../store/rows.ts';
import type { BatchParts } from './parts.ts';
import { resultCells, resultTable, type Files } from './result-table.ts';
import { ItemWish } from './wish.ts';

type Call = Asker & Context;

const MOST_ARCHIVES = 2;

export function sendCsv({ store }: BatchParts, call: Call, job: JobRow): Promise<void> {
  const lines = resultTable(itemsOfJob(store, job.id), (item) => resultCells(item, filesOf(item)));
  return sendDownload(call, `${stemOf(job.name)}-result.csv`, 'text/csv; charset=utf-8', Readable.from(lines));
}

/** How the files of an item are called in the archive; '' where there are none. */
function filesOf(item: ItemRow): Files {
  if (item.state !== 'done') return { picture: '', mask: '' };
  const { stem } = ItemWish.parse(item.wish);
  const { mime, masked } = item.outcome;
  const picture = `${stem}_processed.${endingOf(typeof mime === 'string' ? mime : '')}`;
  return { picture, mask: masked === true ? `${stem}_mask.png` : '' };
}

export class ZipSender {
  readonly #parts: BatchParts;
  readonly #atOnce = new AtOnce(MOST_ARCHIVES, tooMany);

  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  async send(call: Call, job: JobRow): Promise<void> {
    await this.#parts.processing.about();
    await this.#atOnce.run(call.who.id, async () => {
      const zip = new ZipFile();
      const bytes = Readable.from(zip.outputStream, { objectMode: false });
      const sent = sendDownload(call, `${stemOf(job.name)}-result.zip`, 'application/zip', bytes);
      await Promise.all([this.#pack(zip, call, job), sent]);
    });
  }

  async #pack(zip: ZipFile, call: Call, job: JobRow): Promise<void> {
    const broken = failureOf(zip, call.signal);
    const told: (readonly (string | number)[])[] = [];
    for await (const item of itemsOfJob(this.#parts.store, job.id)) {
      told.push(resultCells(item, await this.#packItem(zip, call, item, broken)));
    }
    const lines: string[] = [];
    for await (const line of resultTable(told, (cells) => cells)) lines.push(line);
    zip.addBuffer(Buffer.from(lines.join('')), 'result.csv');
    zip.end();
  }

  /** A picture that was deleted, or cannot be read, does not end the archive: its row names no file. */
  async #packItem(zip: ZipFile, call: Call, item: ItemRow, broken: Promise<never>): Promise<Files> {
    const names = filesOf(item);
    if (names.picture === '') return names;
    const version = await this.#parts.store.get('versions', item.version);
    if (!version) return { picture: '', mask: '' };
    try {
      await add(zip, await this.#parts.processing.open(version.blob, call), names.picture, broken);
      if (names.mask !== '' && version.mask_blob !== '')
        await add(zip, await this.#parts.processing.open(version.mask_blob, call), names.mask, broken);
      return names;
    } catch (error) {
      if (!isProblem(error, 'not_found', 'corrupt_blob')) throw error;
      return { picture: '', mask: '' };
    }
  }
}

const tooMany = (): GatewayError =>
  new GatewayError('too_busy', `Expected at most ${MOST_ARCHIVES} archives of one account at once`, {
    retry_after_s: 5,
  });
