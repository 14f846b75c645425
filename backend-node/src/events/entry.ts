/** What the journal is told of a change. */

export interface Entry {
  /** Whose things changed; '' where they are nobody's. */
  readonly owner: string;
  readonly actor: string;
  /** What was done: noun.verb, like image.trashed */
  readonly action: string;
  /** The id of what it was done to; '' where details.ids lists several. */
  readonly target: string;
  /** Small facts. Never a password, a token or a name that must be forgettable. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly request: string;
}

/** Who did it, by which request: a call is one. */
export interface By {
  readonly who: { readonly id: string };
  readonly request: string;
}

/** Somebody changed a thing of their own. */
export const ownEntry = (
  { who, request }: By,
  action: string,
  target: string,
  details: Readonly<Record<string, unknown>> = {},
): Entry => ({ owner: who.id, actor: who.id, action, target, details, request });
