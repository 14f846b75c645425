/** Access tokens: JWTs of minutes that name a person and a session. What the person may do is read anew each time. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { GatewayError } from '../../errors.ts';
import { purposeKey } from '../../http/purpose-keys.ts';
import { newId } from '../../ids.ts';

const ALGORITHM = 'HS256';
const TYPE = 'at+jwt';
const ISSUER = 'vitrine';
const AUDIENCE = 'vitrine-api';

export interface Claims {
  readonly user: string;
  readonly session: string;
}

export class AccessTokens {
  readonly #key: KeyObject;
  readonly #lifetime_s: number;

  constructor(secret: string, lifetime_s: number) {
    this.#key = createSecretKey(purposeKey(secret, 'access token'));
    this.#lifetime_s = lifetime_s;
  }

  async issue({ user, session }: Claims): Promise<string> {
    return new SignJWT({ sid: session })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(user)
      .setJti(newId())
      .setIssuedAt()
      .setExpirationTime(`${this.#lifetime_s}s`)
      .sign(this.#key);
  }

  /** Throws unauthorized. Neither key nor algorithm is chosen by the token's header. */
  async verify(token: string): Promise<Claims> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        maxTokenAge: this.#lifetime_s,
        requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
      });
      const { sub, sid } = payload;
      const plain = Object.keys(protectedHeader).every((name) => name === 'alg' || name === 'typ');
      if (plain && typeof sub === 'string' && typeof sid === 'string') return { user: sub, session: sid };
    } catch (error) {
      if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error;
    }
    throw new GatewayError('unauthorized', 'Expected a valid access token, received one that is not, or has ended');
  }
}
