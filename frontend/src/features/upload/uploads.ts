/** What is chosen, and what is sent of it: for this tab, over its pages. It goes on while people look at others. */
import { External, useExternal } from '../../lib/api/external.ts';
import { session } from '../../lib/api/session.ts';
import { createAlbum } from '../../lib/data/albums.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';
import { applyAsTheyCome, type Applied } from '../../lib/jobs/apply.ts';
import { isOpen, type Doing, type Job } from '../../lib/jobs/job.ts';
import { startJob } from '../../lib/jobs/work.ts';
import { picksOf, sameness, tagOf, type Picked } from './picked.ts';
import { addTags } from './add-tags.ts';
import { sendFile } from './send-file.ts';
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
  readonly apply: { readonly wish: RecipeWish; readonly title: string } | undefined;
}

export interface Upload {
  /** Everything chosen, with what is left out. */
  readonly picks: readonly Picked[];
  /** undefined before it has begun. */
  readonly sending: Sending | undefined;
}

/** One file per request; the gateway takes four at once from one account. */
const AT_ONCE = 3;
const MOST_TAGS = 50;
const NOTHING: Upload = { picks: [], sending: undefined };

const current = new External<Upload>(NOTHING);

export const useUpload = (): Upload => useExternal(current);

/** Chosen by drop, paste or dialog. What was chosen before stays; where sending has begun, these follow. */
export function pick(files: readonly File[]): void {
  const { picks, sending } = current.get();
  const going = sending && sending.job.get().state !== 'cancelled' ? sending : undefined;
  const before = sending && !going ? [] : picks;
  const known = new Set(before.map(sameness));
  const fresh = picksOf(files).filter((one) => !known.has(sameness(one)));
  current.set({ picks: [...before, ...fresh], sending: going });
  going?.add(fresh);
}

/** Back to the beginning. What runs is cancelled; what arrived stays in the gallery. */
export function clearUpload(): void {
  current.get().sending?.cancel();
  current.set(NOTHING);
}

export function startUpload(wish: UploadWish): void {
  const { picks, sending } = current.get();
  if (sending === undefined) current.set({ picks, sending: new Sending(picks, wish) });
}

/** Makes the album of that name, unless there is one. */
export async function albumNamed(name: string, known: readonly { id: string; name: string }[]) {
  return known.find((album) => album.name === name) ?? (await createAlbum(name));
}

/** The files of one upload on their way, and the pictures that a preset is applied to as they arrive. */
export class Sending {
  readonly wish: UploadWish;
  readonly job: Job<Picked>;
  readonly link: string;
  readonly #fates = new Map<Picked, Fate>();
  /** Of pictures a preset is applied to: two files may be one picture. */
  readonly #applied = new Set<string>();
  #applying: Job<Applied> | undefined;

  constructor(picks: readonly Picked[], wish: UploadWish) {
    this.wish = wish;
    this.link = wish.album ? `/albums/${wish.album.id}` : '/gallery';
    const items = picks.filter(({ left }) => left === '');
    this.job = startJob({
      title: words.jobTitle,
      link: '/upload',
      items,
      nameOf: ({ file }) => file.name,
      at_once: AT_ONCE,
      run: (picked, doing) => this.#send(picked, doing),
    });
    this.#closeWhenDone();
  }

  /** undefined until the first picture is there. */
  get applying(): Job<Applied> | undefined {
    return this.#applying;
  }

  fateOf(picked: Picked): Fate | undefined {
    return this.#fates.get(picked);
  }

  add(picks: readonly Picked[]): void {
    this.job.add(picks.filter(({ left }) => left === ''));
  }

  cancel(): void {
    this.job.cancel();
    this.#applying?.cancel();
  }

  async #send(picked: Picked, doing: Doing): Promise<string> {
    const tags = this.#tagsOf(picked);
    const { status, image } = await sendFile(picked.file, { tags, album: this.wish.album?.id ?? '' }, doing);
    const id = image?.id ?? '';
    // The gateway writes tags on new pictures only.
    if (status === 'duplicate') await addTags(id, tags, doing);
    this.#arrived(picked, status === 'created' ? 'created' : 'duplicate', id);
    return '';
  }

  #arrived(picked: Picked, status: Fate['status'], image: string): void {
    this.#fates.set(picked, { status, image });
    this.#apply({ id: image, name: picked.file.name });
  }

  #apply(picture: Applied): void {
    const { apply } = this.wish;
    if (!apply || !isOpen(this.job.get()) || this.#applied.has(picture.id)) return;
    this.#applied.add(picture.id);
    this.#applying ??= applyAsTheyCome(words.applying(apply.title), apply.wish, this.link);
    this.#applying.add([picture]);
  }

  /** Each time: it goes on where files follow, or where failed ones are tried again. */
  #closeWhenDone(): void {
    this.job.follow(() => {
      if (!isOpen(this.job.get())) this.#applying?.close();
    });
  }

  #tagsOf({ folder }: Picked): string[] {
    const tag = this.wish.folderTags ? tagOf(folder) : '';
    return [...(tag === '' ? [] : [tag]), ...this.wish.tags].slice(0, MOST_TAGS);
  }
}

// Whoever signs in next does not find the files of who left.
let account = accountNow();
session.follow(() => {
  if (accountNow() === account) return;
  account = accountNow();
  clearUpload();
});

function accountNow(): string {
  const now = session.get();
  return now.status === 'in' ? now.user.id : '';
}
