/** The draft somebody works on, and how it came to be: every change can be undone, and done again. Pure. */
import type { Recipe, Step } from '../../lib/data/catalogue.ts';
import type { Draft, DraftStep, How, Params } from './types.ts';

/** Older ones are forgotten. */
const MOST_UNDONE = 500;

export interface History {
  readonly past: readonly Draft[];
  readonly now: Draft;
  readonly future: readonly Draft[];
  /** What is being dragged: its changes are one until something else happens. '' where nothing is. */
  readonly dragged: string;
}

export type Change =
  | { readonly type: 'add'; readonly step: DraftStep }
  | { readonly type: 'remove'; readonly key: string }
  | { readonly type: 'move'; readonly key: string; readonly to: number }
  | { readonly type: 'switch'; readonly key: string; readonly enabled: boolean }
  | { readonly type: 'params'; readonly key: string; readonly params: Params; readonly how: How }
  | {
      readonly type: 'replace';
      readonly key: string;
      readonly operation: string;
      readonly params: Params;
      /** It comes before all others then. */
      readonly first: boolean;
    }
  | { readonly type: 'output'; readonly output: Params; readonly how: How }
  | { readonly type: 'put'; readonly draft: Draft }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Another picture, or its first draft: nothing of before can be undone. */
  | { readonly type: 'open'; readonly draft: Draft };

const OUTPUT = ' output';

export const opened = (draft: Draft): History => ({ past: [], now: draft, future: [], dragged: '' });

export function reduce(history: History, change: Change): History {
  switch (change.type) {
    case 'open':
      return opened(change.draft);
    case 'undo':
      return undone(history);
    case 'redo':
      return redone(history);
    case 'params':
      return dragged(history, changed(history.now, change), change.key, change.how);
    case 'output':
      return dragged(history, changed(history.now, change), OUTPUT, change.how);
    default:
      return done(history, changed(history.now, change));
  }
}

type Edit = Exclude<Change, { type: 'undo' | 'redo' | 'open' }>;

function changed(draft: Draft, change: Edit): Draft {
  switch (change.type) {
    case 'add':
      return { ...draft, steps: [...draft.steps, change.step] };
    case 'remove':
      return { ...draft, steps: draft.steps.filter(({ key }) => key !== change.key) };
    case 'move':
      return moved(draft, change.key, change.to);
    case 'switch':
      return withStep(draft, change.key, { enabled: change.enabled });
    case 'params':
      return withStep(draft, change.key, { params: change.params });
    case 'replace':
      return replaced(draft, change);
    case 'output':
      return { ...draft, output: change.output };
    case 'put':
      return change.draft;
  }
}

const withStep = (draft: Draft, key: string, change: Partial<DraftStep>): Draft => ({
  ...draft,
  steps: draft.steps.map((step) => (step.key === key ? { ...step, ...change } : step)),
});

function replaced(draft: Draft, { key, operation, params, first }: Extract<Edit, { type: 'replace' }>): Draft {
  const there = withStep(draft, key, { operation, params });
  return first ? moved(there, key, 0) : there;
}

function moved(draft: Draft, key: string, to: number): Draft {
  const step = draft.steps.find((one) => one.key === key);
  if (!step) return draft;
  const others = draft.steps.filter((one) => one !== step);
  return { ...draft, steps: others.toSpliced(Math.max(0, to), 0, step) };
}

function done(history: History, now: Draft): History {
  if (same(now, history.now)) return { ...history, dragged: '' };
  return { past: [...history.past, history.now].slice(-MOST_UNDONE), now, future: [], dragged: '' };
}

function dragged(history: History, now: Draft, what: string, how: How): History {
  const goesOn = history.dragged === what;
  const next = goesOn ? { ...history, now } : done(history, now);
  if (how === 'final') return goesOn ? settled(next) : next;
  return { ...next, dragged: goesOn || next.past !== history.past ? what : '' };
}

/** A drag has ended; one that came back to where it began was none. */
function settled(history: History): History {
  const before = history.past.at(-1);
  if (!before || !same(before, history.now)) return { ...history, dragged: '' };
  return { ...history, past: history.past.slice(0, -1), now: before, dragged: '' };
}

function undone(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], dragged: '' };
}

function redone(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.now], now: next, future, dragged: '' };
}

/** Whether both look the same to people: keys of steps do not count. */
export const same = (one: Draft, other: Draft): boolean =>
  one === other || JSON.stringify(plain(one)) === JSON.stringify(plain(other));

const plain = ({ steps, output }: Draft) => [
  steps.map(({ operation, params, enabled }) => [operation, enabled, sorted(params)]),
  sorted(output),
];

const sorted = (params: Params): unknown => Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** A step that was never there before. */
export const newStep = (operation: string, params: Params = {}, enabled = true): DraftStep => ({
  // Not randomUUID: browsers have it only for pages that came over https or from this machine.
  key: crypto.getRandomValues(new Uint32Array(2)).join('-'),
  operation,
  params,
  enabled,
});

export const draftOf = ({ steps, output = {} }: Recipe): Draft => ({
  steps: steps.map((step: Step) => newStep(step.operation, step.params, step.enabled)),
  output,
});

export const recipeOf = ({ steps, output }: Draft): Recipe => ({
  steps: steps.map(({ operation, params, enabled }) => ({ operation, params, enabled })),
  output,
});
