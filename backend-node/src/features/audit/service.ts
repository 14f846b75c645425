/** Reading the journal as an audit log. Nothing here, or anywhere, changes an entry. */
import { AuditEntry, type AuditQuery } from '../../contract/audit.ts';
import { GatewayError } from '../../errors.ts';
import type { Verdict } from '../../events/journal.ts';
import type { Who } from '../../http/call.ts';
import { cursorOf, positionOf } from '../../http/cursor.ts';
import type { JournalRow } from '../../store/rows.ts';
import { first, type Page, type Position, type Where } from '../../store/store.ts';
import type { AuditParts } from './parts.ts';

type Wanted = Where<JournalRow>;
type Lot = Pick<AuditQuery, 'limit'> & { readonly after: Position | undefined };

export class Audit {
  readonly #parts: AuditParts;
  #verifying: Promise<Verdict> | undefined;

  constructor(parts: AuditParts) {
    this.#parts = parts;
  }

  /** Throws forbidden where somebody who is no admin asks for all of it. */
  async list(who: Who, query: AuditQuery) {
    if (query.all) expectAdmin(who);
    const name = query.all ? 'audit.all' : 'audit';
    const lot = { limit: query.limit, after: positionOf(name, query.cursor) };
    const wanted = await this.#wanted(query);
    const page = await (query.all ? this.#page(wanted, lot) : this.#own(who.id, wanted, lot));
    return { items: page.rows.map((row) => AuditEntry.parse(row)), nextCursor: cursorOf(name, page.next) };
  }

  /** Who asks while it is being read gets the same answer. */
  async verify() {
    this.#verifying ??= this.#parts.journal.verify().finally(() => (this.#verifying = undefined));
    const { entries, head, broken_at } = await this.#verifying;
    return { entries, head, broken_at: broken_at ?? null };
  }

  /** What somebody did and what was done to their things: two walks of the log, merged. */
  async #own(id: string, wanted: Wanted, lot: Lot): Promise<Page<JournalRow>> {
    const isOthers = wanted.actor !== undefined && wanted.actor !== id;
    const [theirs, did] = await Promise.all([
      this.#page({ ...wanted, owner: id }, lot),
      isOthers ? NOTHING : this.#page({ ...wanted, actor: id }, lot),
    ]);
    const merged = new Map([...theirs.rows, ...did.rows].map((row) => [row.seq, row]));
    const rows = [...merged.values()].sort((one, other) => other.seq - one.seq);
    const shown = rows.slice(0, lot.limit);
    const last = shown.at(-1);
    const more = rows.length > shown.length || theirs.next !== undefined || did.next !== undefined;
    return { rows: shown, next: more && last ? { value: last.id, id: last.id } : undefined };
  }

  /** Newest first. Ids sort as seq does, and every index ends in one. */
  #page(where: Wanted, { limit, after }: Lot): Promise<Page<JournalRow>> {
    return this.#parts.store.find('journal', { where, order: ['id', 'desc'], limit, after });
  }

  async #wanted({ actor, action, target, from, to }: AuditQuery): Promise<Wanted> {
    const since = from === undefined ? undefined : await this.#firstAt(from);
    const until = to === undefined ? undefined : await this.#firstAt(to);
    return {
      ...(actor !== undefined && { actor }),
      ...(action !== undefined && { action }),
      ...(target !== undefined && { target }),
      ...((since !== undefined || until !== undefined) && {
        id: { ...(since !== undefined && { from: since }), ...(until !== undefined && { to: until }) },
      }),
    };
  }

  /** The id from which on entries are of this time or later; one behind all where there is none yet. */
  async #firstAt(time: string): Promise<string> {
    const row = await first(this.#parts.store, 'journal', { where: { at: { from: time } }, order: ['at', 'asc'] });
    return row?.id ?? BEHIND_ALL;
  }
}

const BEHIND_ALL = '~';
const NOTHING: Page<JournalRow> = { rows: [], next: undefined };

function expectAdmin({ role, scopes }: Who): void {
  if (role === 'admin' && scopes.has('admin')) return;
  throw new GatewayError('forbidden', 'Expected an admin to ask for everybody’s entries');
}
