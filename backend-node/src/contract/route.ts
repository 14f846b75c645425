/** How a route is declared. Validation, access, OpenAPI and the browser's client all read these. */
import './complaints.ts';
import { z } from 'zod';
import type { ProblemCode } from './problems.ts';

/** What an API key may do. A signed-in person may do all of it. */
export const SCOPES = ['images:read', 'images:write', 'process', 'account', 'admin'] as const;
export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

export const ROLES = ['user', 'reviewer', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** open: nobody needs to sign in. person: a signed-in person, no API key. cookie: the view cookie does as well (GET of files). */
export type Access =
  'open' | { readonly scope: Scope; readonly role?: Role; readonly person?: boolean; readonly cookie?: boolean };

export interface Answer {
  readonly description: string;
  /** JSON body. */
  readonly body?: z.ZodType;
  /** Or bytes of these media types. */
  readonly media?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path below /api/v1, e.g. /images/:id */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** Who may call it, in words, where the handler itself decides. */
  readonly allowance?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Of that JSON, where it may be longer than usual. */
  readonly most_bytes?: number;
  /** The body is a stream the handler reads itself, of one of these media types. */
  readonly stream?: Readonly<Record<string, z.ZodType>>;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beyond those every route may answer. */
  readonly problems?: readonly ProblemCode[];
  /** Creates work: takes an Idempotency-Key. */
  readonly idempotent?: boolean;
  /** Takes If-Match with the ETag that was read. */
  readonly guarded?: boolean;
}

export type Routes = Readonly<Record<string, Route>>;

/** Declares routes, keeping the exact types of their shapes. */
export const routes = <const R extends Routes>(declared: R): R => declared;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
export type ParamsOf<R extends Route> = Parsed<R['params']>;
export type QueryOf<R extends Route> = Parsed<R['query']>;
export type BodyOf<R extends Route> = Parsed<R['body']>;
