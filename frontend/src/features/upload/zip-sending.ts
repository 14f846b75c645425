/** A zip on its way, with a spreadsheet beside it or without: one request, and then the batch goes on by itself. */
import { onceKey } from '../../lib/api/once-key.ts';
import { isProblem } from '../../lib/api/problem.ts';
import { createBatchOfZip, type Batch } from '../../lib/data/batches.ts';
import type { Doing, Job } from '../../lib/jobs/job.ts';
import { dropJob, startJob } from '../../lib/jobs/work.ts';
import { pause } from '../../lib/pause.ts';
import { zipFormOf, type Then } from './batch-wish.ts';
import { Following, type Go } from './following.ts';
import type { UploadWish } from './sending.ts';
import { words } from './words.ts';
import { zipProblem } from '../../ui/job/zip-problem.ts';

/** The gateway hears of a broken connection a moment later than the tab does. */
const BREATHE_MS = 3000;

export class ZipSending {
  readonly kind = 'zip';
  readonly archive: File;
  readonly job: Job<File>;
  readonly following: Following;
  readonly #form: FormData;
  /** However often it is sent, it is one batch. */
  readonly #key = onceKey();

  constructor(archive: File, table: File | undefined, then: Then, wish: UploadWish, go: Go) {
    this.archive = archive;
    this.following = new Following(go);
    this.#form = zipFormOf(archive, table, then, { tags: wish.tags, album: wish.album?.id ?? '' });
    this.job = startJob({
      title: words.zip.jobTitle,
      link: '/upload',
      items: [archive],
      nameOf: ({ name }) => name,
      at_once: 1,
      run: (_, doing) => this.#send(doing),
    });
    // From then on it is the server's work.
    this.job.follow(() => {
      const { state, counts } = this.job.get();
      if (state === 'done' && counts.failed === 0) dropJob(this.job);
    });
  }

  cancel(): void {
    this.job.cancel();
  }

  async #send(doing: Doing): Promise<string> {
    try {
      const { id } = await this.#patiently(doing);
      this.following.made(id, 0);
      return '';
    } catch (error) {
      if (isProblem(error, 'unreachable', 'idempotency_mismatch'))
        throw new Error(words.zip.brokeOff, { cause: error });
      throw isProblem(error, 'broken_archive')
        ? new Error(`${zipProblem(error.message)} ${words.zip.nothingKept}`, { cause: error })
        : error;
    }
  }

  /** Once more where the connection broke off: more often, gigabytes are not sent unasked. */
  async #patiently(doing: Doing): Promise<Batch> {
    const post = () => createBatchOfZip(this.#form, doing, this.#key);
    try {
      return await post();
    } catch (error) {
      if (!isProblem(error, 'unreachable')) throw error;
      doing.progress(0);
      await pause(BREATHE_MS, doing.signal);
      return post();
    }
  }
}
