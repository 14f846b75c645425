/** What is chosen, and what is sent of it: for this tab, over its pages. It goes on while people look at others. */
import { External, useExternal } from '../../lib/api/external.ts';
import { session } from '../../lib/api/session.ts';
import { toast } from '../../ui/toast.ts';
import type { Go } from './following.ts';
import { extrasOf, picksOf, sameness, type Extra, type Picked } from './picked.ts';
import { planOf } from './plan.ts';
import { Sending, type UploadWish } from './sending.ts';
import { words } from './words.ts';
import { ZipSending } from './zip-sending.ts';

export interface Upload {
  /** Every picture chosen, with what is left out. */
  readonly picks: readonly Picked[];
  /** Spreadsheets and zips. */
  readonly extras: readonly Extra[];
  /** undefined before it has begun. */
  readonly sending: Sending | ZipSending | undefined;
}

const NOTHING: Upload = { picks: [], extras: [], sending: undefined };

const current = new External<Upload>(NOTHING);

export const useUpload = (): Upload => useExternal(current);

/** Chosen by drop, paste or dialog. What was chosen before stays; where sending has begun, pictures follow. */
export function pick(files: readonly File[]): void {
  const before = kept(current.get());
  const { sending } = before;
  const extras = unknown(extrasOf(files), before.extras);
  if (sending?.kind === 'zip' || (sending && extras.length > 0)) {
    toast({ message: words.tooLate });
    if (sending.kind === 'zip') return;
  }
  const fresh = unknown(picksOf(files), before.picks);
  current.set({
    picks: [...before.picks, ...fresh],
    extras: sending ? before.extras : [...before.extras, ...extras],
    sending,
  });
  if (sending?.kind === 'pictures') sending.add(fresh);
}

/** Without an upload that takes nothing more. */
function kept(upload: Upload): Upload {
  const { sending } = upload;
  if (!sending) return upload;
  const { state } = sending.job.get();
  return state === 'cancelled' || (sending.kind === 'zip' && state === 'done') ? NOTHING : upload;
}

function unknown<T extends { readonly file: File }>(chosen: readonly T[], before: readonly T[]): T[] {
  const known = new Set(before.map(sameness));
  return chosen.filter((one) => !known.has(sameness(one)));
}

/** Takes a spreadsheet or a zip off the list again. */
export function dropExtra(extra: Extra): void {
  const { extras, ...rest } = current.get();
  current.set({ ...rest, extras: extras.filter((each) => each !== extra) });
}

/** Leaves the pictures beside a zip out. */
export function dropPictures(): void {
  current.set({ ...current.get(), picks: [] });
}

/** Back to the beginning. What runs is cancelled; what arrived stays in the gallery. */
export function clearUpload(): void {
  current.get().sending?.cancel();
  current.set(NOTHING);
}

export function startUpload(wish: UploadWish, go: Go): void {
  const upload = current.get();
  const { archive, table, obstacle } = planOf(upload.picks, upload.extras);
  if (upload.sending || obstacle) return;
  const sending =
    archive && wish.then
      ? new ZipSending(archive, table, wish.then, wish, go)
      : new Sending(upload.picks, table, wish, go);
  current.set({ ...upload, sending });
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
