/** Idempotency-Key: the second request with the same key gets the answer of the first, and does nothing. */
import { createHash } from 'node:crypto';
import type { Route } from '../contract/route.ts';
import { GatewayError } from '../errors.ts';
import { now } from '../ids.ts';
import { attempted } from '../store/retry.ts';
import type { IdempotencyRow } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';
import type { Call, Note, Reply, SENT, Who } from './call.ts';
import { Lease, until } from './lease.ts';

const KEPT_MS = 24 * 3_600_000;
const MOST_BODY = 1_000_000;

type Asked = Omit<Call<Route>, 'who' | 'note'> & { readonly who: Who | undefined };
type Fresh = Omit<IdempotencyRow, 'revision'>;

/** Where there is no key there is nothing to note. */
export const noNote: Note = () => [];

export async function once(
  store: Store,
  call: Asked,
  run: (note: Note) => Promise<Reply | typeof SENT>,
): Promise<Reply | typeof SENT> {
  const key = call.req.get('Idempotency-Key');
  const { who } = call;
  if (key === undefined || !who) return run(noNote);
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new GatewayError('invalid_request', 'Expected an Idempotency-Key of 1 to 200 visible ASCII characters');
  }
  const fresh = freshRow(call, who.id, key);
  const { known, row } = await claim(store, fresh);
  if (known) return known;
  const lease = new Lease(store, row);
  // Where the row is another request's by now, or went with its account, what was done stays done all the same.
  try {
    const reply = await run((noted) => [{ insert: 'idempotency', row: doneRow(notedOf(fresh), noted) }]);
    await lease.end((held) => ended(held, reply));
    return reply;
  } catch (error) {
    await lease.end(forgotten);
    throw error;
  }
}

function freshRow(call: Pick<Asked, 'req' | 'body'>, owner: string, key: string): Fresh {
  return {
    id: sha256(`${owner}\n${key}`),
    owner,
    fingerprint: fingerprint(call),
    state: 'running',
    status: 0,
    headers: {},
    body: '',
    expires_at: until(),
  };
}

/** A stream can be read only once: of one it is known how long it is and what it says it is. */
function fingerprint({ req, body }: Pick<Asked, 'req' | 'body'>): string {
  const type = (req.get('Content-Type') ?? '').replace(/;\s*boundary=("[^"]*"|[^;]*)/i, '');
  const content = body === undefined ? [req.get('Content-Length') ?? '', type] : [JSON.stringify(body)];
  return sha256(req.method, '\n', req.originalUrl, ...content.flatMap((part) => ['\n', part]));
}

/** What was written together with what was made: a row of its own, so that nobody writes one answer twice. */
const notedOf = (fresh: Fresh): Fresh => ({ ...fresh, id: sha256(fresh.id, '\nnoted') });

interface Claimed {
  /** The answer of the first request; undefined where this one may run. */
  readonly known?: Reply;
  readonly row: IdempotencyRow;
}

/** Throws idempotency_mismatch. */
async function claim(store: Store, fresh: Fresh): Promise<Claimed> {
  const row = await store.get('idempotency', fresh.id);
  const noted = await store.get('idempotency', notedOf(fresh).id);
  // What was made is made, whether the one who made it is still running or died.
  const last = row?.state === 'done' && lasts(row) ? row : [noted, row].find(lasts);
  if (last) return { known: replyOf(last, fresh.fingerprint), row: last };
  const changes: Change[] = [
    row ? { update: 'idempotency', row: { ...fresh, revision: row.revision } } : { insert: 'idempotency', row: fresh },
    ...(noted ? [forgotten(noted)] : []),
  ];
  if (!(await attempted(store.write(changes)))) throw inUse();
  return { row: { ...fresh, revision: (row?.revision ?? 0) + 1 } };
}

const lasts = (row: IdempotencyRow | undefined): row is IdempotencyRow => row !== undefined && row.expires_at > now();

function replyOf(known: IdempotencyRow, fingerprint: string): Reply {
  if (known.fingerprint !== fingerprint || known.state === 'running') throw inUse();
  return {
    status: known.status,
    headers: { ...(known.headers as Record<string, string>), 'Idempotency-Replayed': 'true' },
    ...(known.body !== '' && { body: JSON.parse(known.body) as unknown }),
  };
}

const inUse = () =>
  new GatewayError(
    'idempotency_mismatch',
    'Expected a new Idempotency-Key: this one belongs to another request, or one still running',
  );

function ended(row: IdempotencyRow, reply: Reply | typeof SENT): Change {
  if ('sent' in reply) return forgotten(row);
  const done = doneRow(row, reply);
  return done.body.length > MOST_BODY ? forgotten(row) : { update: 'idempotency', row: done };
}

function doneRow<R extends Fresh>(row: R, { status, headers = {}, body }: Reply): R {
  const expires_at = new Date(Date.now() + KEPT_MS).toISOString();
  return { ...row, state: 'done', status, headers, body: body === undefined ? '' : JSON.stringify(body), expires_at };
}

const forgotten = ({ id, revision }: IdempotencyRow): Change => ({ remove: 'idempotency', id, revision });

function sha256(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}
