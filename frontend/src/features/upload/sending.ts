/** Pictures on their way, one by one; once all have come, the batch over them. */
import { base64Of } from '../../lib/base64.ts';
import { onceKey } from '../../lib/api/once-key.ts';
import { createBatch } from '../../lib/data/batches.ts';
import type { Doing, Job } from '../../lib/jobs/job.ts';
import { startJob } from '../../lib/jobs/work.ts';
import { addTags } from './add-tags.ts';
import { batchWishOf, type Then } from './batch-wish.ts';
import { Following, type Go } from './following.ts';
import { tagOf, type Picked } from './picked.ts';
import { sendFile } from './send-file.ts';
import { tableOf } from './table-part.ts';
import { words } from './words.ts';

/** What became of a file that arrived. */
export interface Fate {
  readonly status: 'created' | 'duplicate';
  readonly image: string;
}

export interface UploadWish {
  readonly album: { readonly id: string; readonly name: string } | undefined;
  readonly tags: readonly string[];
  readonly folderTags: boolean;
  readonly then: Then | undefined;
}

/** One file per request; the gateway takes four at once from one account. */
const AT_ONCE = 3;
const MOST_TAGS = 50;

/** The files of one upload on their way. */
export class Sending {
  readonly kind = 'pictures';
  readonly wish: UploadWish;
  readonly job: Job<Picked>;
  readonly link: string;
  readonly following: Following;
  readonly #table: File | undefined;
  readonly #fates = new Map<Picked, Fate>();
  /** Those a batch was made of already: who follows, or comes at the second try, is in another. */
  readonly #queued = new Set<Picked>();
  #key = onceKey();
  #keyed = 0;

  constructor(picks: readonly Picked[], table: File | undefined, wish: UploadWish, go: Go) {
    this.wish = wish;
    this.#table = table;
    this.following = new Following(go);
    this.link = wish.album ? `/albums/${wish.album.id}` : '/gallery';
    this.job = startJob({
      title: words.jobTitle,
      link: '/upload',
      items: picks.filter(({ left }) => left === ''),
      nameOf: ({ file }) => file.name,
      at_once: AT_ONCE,
      run: (picked, doing) => this.#send(picked, doing),
    });
    let before = this.job.get().state;
    this.job.follow(() => {
      const { state } = this.job.get();
      if (state !== before && state === 'done') void this.queue();
      before = state;
    });
  }

  fateOf(picked: Picked): Fate | undefined {
    return this.#fates.get(picked);
  }

  add(picks: readonly Picked[]): void {
    this.job.add(picks.filter(({ left }) => left === ''));
  }

  cancel(): void {
    this.job.cancel();
  }

  /** Makes the batch of what arrived and is in none yet. */
  async queue(): Promise<void> {
    const { then } = this.wish;
    const waiting = [...this.#fates].filter(([picked]) => !this.#queued.has(picked));
    if (!then || waiting.length === 0 || this.following.get().state === 'making') return;
    const arrived = waiting.map(([{ path }, { image }]) => ({ image, path }));
    const count = new Set(arrived.map(({ image }) => image)).size;
    const make = async () => {
      const table = this.#table && (await base64Of(await tableOf(this.#table, this.#part(arrived))));
      return createBatch(batchWishOf(arrived, then, table), this.#keyFor(arrived.length));
    };
    // Why files failed stands on the page of the upload: nobody is taken away from it.
    const made = await this.following.make(count, make, this.job.get().counts.failed > 0);
    if (made) for (const [picked] of waiting) this.#queued.add(picked);
    // What came meanwhile waits for no other end.
    if (made && this.job.get().state === 'done') await this.queue();
  }

  /** Of a later batch the spreadsheet's rows of these alone: the others were in the first one. */
  #part(arrived: readonly { readonly path: string }[]): readonly string[] | undefined {
    return this.#queued.size === 0 ? undefined : arrived.map(({ path }) => path);
  }

  /** The same pictures sent twice are one batch: the first answer may have been lost. */
  #keyFor(count: number): string {
    const sum = this.#queued.size + count;
    if (this.#keyed !== sum) this.#key = onceKey();
    this.#keyed = sum;
    return this.#key;
  }

  async #send(picked: Picked, doing: Doing): Promise<string> {
    const tags = this.#tagsOf(picked);
    const { status, image } = await sendFile(picked.file, { tags, album: this.wish.album?.id ?? '' }, doing);
    const id = image?.id ?? '';
    // The gateway writes tags on new pictures only.
    if (status === 'duplicate') await addTags(id, tags, doing);
    this.#fates.set(picked, { status: status === 'created' ? 'created' : 'duplicate', image: id });
    return '';
  }

  #tagsOf({ folder }: Picked): string[] {
    const tag = this.wish.folderTags ? tagOf(folder) : '';
    return [...(tag === '' ? [] : [tag]), ...this.wish.tags].slice(0, MOST_TAGS);
  }
}
