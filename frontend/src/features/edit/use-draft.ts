/** The draft of one image: kept in this browser while it is worked on. */
import { useEffect, useEffectEvent, useReducer, useState } from 'react';
import { useNavigate } from 'react-router';
import { toast } from '../../ui/toast.ts';
import { dropDraft, keepDraft, readDraft, type StoredDraft } from './draft-store.ts';
import { opened, reduce, same, type Change, type History } from './draft.ts';
import type { Draft } from './types.ts';
import { words } from './words.ts';

const QUIET_MS = 300;

/** What is saved: the draft is what differs from it. */
export interface Base {
  /** Empty: the original. */
  readonly version: string;
  readonly draft: Draft;
}

export interface DraftOf {
  readonly user: string;
  readonly image: string;
  readonly name: string;
}

export interface Drafting {
  readonly history: History;
  readonly change: (change: Change) => void;
  readonly base: Base;
  readonly rebase: (base: Base) => void;
  readonly isChanged: boolean;
  /** The draft that was found here; undefined once it was answered for. */
  readonly found: StoredDraft | undefined;
  readonly answerFound: () => void;
  /** Whether this browser keeps the draft. */
  readonly isKept: boolean;
}

export function useDraft(of: DraftOf, start: Base): Drafting {
  const [found, setFound] = useState(() => differing(readDraft(of.user, of.image), start));
  const [base, rebase] = useState(start);
  const [history, change] = useReducer(reduce, found?.draft ?? start.draft, opened);
  const isChanged = !same(history.now, base.draft);
  const isKept = useKeeping(of, history.now, base.version, isChanged);
  useSayingKept(of, isChanged && isKept);
  return { history, change, base, rebase, isChanged, found, answerFound: () => setFound(undefined), isKept };
}

const differing = (stored: StoredDraft | undefined, { draft }: Base): StoredDraft | undefined =>
  stored && !same(stored.draft, draft) ? stored : undefined;

/** Keeps the draft soon after each change, and at once when the page goes. False where that fails. */
function useKeeping({ user, image }: DraftOf, draft: Draft, base: string, isChanged: boolean): boolean {
  const [isKept, setKept] = useState(true);
  const keep = useEffectEvent(() => {
    if (!isChanged) dropDraft(user, image);
    setKept(!isChanged || keepDraft(user, image, { draft, base, at: Date.now() }));
  });
  useEffect(() => {
    const timer = setTimeout(keep, QUIET_MS);
    return () => clearTimeout(timer);
  }, [draft, base, isChanged]);
  useEffect(() => {
    addEventListener('pagehide', keep);
    return () => {
      removeEventListener('pagehide', keep);
      keep();
    };
  }, []);
  useEffect(() => {
    if (isKept) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, [isKept]);
  return isKept;
}

/** Whoever leaves with a draft hears that it is kept, and can come back to it. */
function useSayingKept({ name }: DraftOf, isKept: boolean): void {
  const navigate = useNavigate();
  const leave = useEffectEvent((address: string) => {
    if (!isKept || location.pathname === address) return;
    toast({
      message: words.draft.kept(name),
      undo: () => void navigate(address),
      undoLabel: words.draft.back,
    });
  });
  useEffect(() => {
    const address = location.pathname;
    return () => leave(address);
  }, []);
}
