/** Idempotency-Key: the second request with the same key gets the answer of the first, and does nothing. */
import { createHash } from 'node:crypto';
import type { Route } from '../contract/route.ts';
import { GatewayError } from '../errors.ts';
import { now } from '../ids.ts';
import { attempted } from '../store/retry.ts';
import type { IdempotencyRow } from '../store/rows.ts';
import type { Change, Store } from '../store/store.ts';
import type { Call, Reply, SENT, Who } from './call.ts';

const KEPT_MS = 24 * 3_600_000;
/** A request that crashed leaves its row behind; after this long another may take its place. */
const RUNNING_MS = 10 * 60_000;
const MOST_BODY = 1_000_000;

export async function once(
  store: Store,
  call: Omit<Call<Route>, 'who'> & { readonly who: Who | undefined },
  run: () => Promise<Reply | typeof SENT>,
): Promise<Reply | typeof SENT> {
  const key = call.req.get('Idempotency-Key');
  const { who } = call;
  // A stream can be read only once, so it has no fingerprint; uploads are known by their content instead.
  if (key === undefined || !who || call.body === undefined) return run();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new GatewayError('invalid_request', 'Expected an Idempotency-Key of 1 to 200 visible ASCII characters');
  }
  const { known, row } = await claim(store, freshRow(call, who.id, key));
  if (known) return known;
  // Where the row is another request's by now, or went with its account, what was done stays done all the same.
  try {
    const reply = await run();
    await attempted(store.write([ended(row, reply)]));
    return reply;
  } catch (error) {
    await attempted(store.write([forgotten(row)]));
    throw error;
  }
}

function freshRow(
  call: Pick<Call<Route>, 'req' | 'body'>,
  owner: string,
  key: string,
): Omit<IdempotencyRow, 'revision'> {
  const print = [call.req.method, call.req.originalUrl, JSON.stringify(call.body)];
  return {
    id: sha256(`${owner}\n${key}`),
    owner,
    fingerprint: sha256(print.join('\n')),
    state: 'running',
    status: 0,
    headers: {},
    body: '',
    expires_at: new Date(Date.now() + RUNNING_MS).toISOString(),
  };
}

interface Claimed {
  /** The answer of the first request; undefined where this one may run. */
  readonly known?: Reply;
  readonly row: IdempotencyRow;
}

/** Throws idempotency_mismatch. */
async function claim(store: Store, fresh: Omit<IdempotencyRow, 'revision'>): Promise<Claimed> {
  const row = await store.get('idempotency', fresh.id);
  if (row && row.expires_at > now()) return { known: replyOf(row, fresh.fingerprint), row };
  const taking = row
    ? ({ update: 'idempotency', row: { ...fresh, revision: row.revision } } as const)
    : ({ insert: 'idempotency', row: fresh } as const);
  if (!(await attempted(store.write([taking])))) throw inUse();
  return { row: { ...fresh, revision: (row?.revision ?? 0) + 1 } };
}

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
  const body = 'sent' in reply || reply.body === undefined ? '' : JSON.stringify(reply.body);
  if ('sent' in reply || body.length > MOST_BODY) return forgotten(row);
  const { status, headers = {} } = reply;
  const expires_at = new Date(Date.now() + KEPT_MS).toISOString();
  return { update: 'idempotency', row: { ...row, state: 'done', status, headers, body, expires_at } };
}

const forgotten = ({ id, revision }: IdempotencyRow): Change => ({ remove: 'idempotency', id, revision });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
