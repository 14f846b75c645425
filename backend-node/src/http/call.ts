/** What a handler gets and what it gives back. */
import type { Request, Response } from 'express';
import type { BodyOf, ParamsOf, QueryOf, Role, Route, Routes, Scope } from '../contract/route.ts';
import { GatewayError } from '../errors.ts';
import type { Log } from '../logs.ts';
import type { Change } from '../store/store.ts';

/** Who calls. session and key are '' where the call came another way. */
export interface Who {
  readonly id: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  readonly session: string;
  readonly key: string;
}

/** The part of a call that services need: who, the request id for the journal, and the end of the caller's patience. */
export interface Context {
  readonly who: Who;
  readonly request: string;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** The part of a context that is known as well where nobody calls: work that goes on for somebody. */
export interface Acting extends Omit<Context, 'who'> {
  readonly who: { readonly id: string };
}

export interface Call<R extends Route> extends Omit<Context, 'who'> {
  readonly who: R['access'] extends 'open' ? Who | undefined : Who;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** The revision If-Match asks for; undefined where there is none, or *. */
  readonly expected: number | undefined;
  /** Changes to write together with what was made: then it is made once, whatever ends before the answer is given. */
  readonly note: Note;
  readonly req: Request;
  readonly res: Response;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the same Idempotency-Key is answered from then on; nothing where there is no key. */
export type Note = (reply: Reply) => readonly Change[];

/** The handler has written the response itself. */
export const SENT = { sent: true } as const;

export type Handler<R extends Route> = (call: Call<R>) => Promise<Reply | typeof SENT> | Reply;
export type Handlers<Rs extends Routes> = { readonly [K in keyof Rs]: Handler<Rs[K]> };

/** Finds out who calls. Undefined where there is no credential at all; throws unauthorized for a bad one. */
export type Authenticate = (req: Request, route: Route) => Promise<Who | undefined>;

export const ok = (body: unknown, headers: Record<string, string> = {}): Reply => ({ status: 200, body, headers });
export const created = (body: unknown, location: string): Reply => ({
  status: 201,
  body,
  headers: { Location: location },
});
export const noContent = (): Reply => ({ status: 204 });

/** Throws precondition_failed where the caller read an older one. */
export function expectRevision(row: { readonly revision: number }, expected: number | undefined): void {
  if (expected === undefined || expected === row.revision) return;
  throw new GatewayError(
    'precondition_failed',
    `Expected revision ${expected} as If-Match says, found ${row.revision}`,
  );
}
