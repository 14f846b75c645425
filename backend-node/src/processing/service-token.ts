/** Service tokens: a JWT of minutes that opens pyservice to this gateway and to nobody else. */
import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';

const LIFETIME_S = 240;
const RENEWED_S = 120;

/** Returns a function that gives a token good for at least two more minutes. */
export function serviceTokens(secret: string): () => Promise<string> {
  const key = createSecretKey(Buffer.from(secret));
  let token = '';
  let renewAt = 0;
  return async () => {
    const now = Math.floor(Date.now() / 1000);
    if (now >= renewAt) {
      token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer('vitrine-gateway')
        .setAudience('vitrine-pyservice')
        .setIssuedAt(now)
        .setExpirationTime(now + LIFETIME_S)
        .sign(key);
      renewAt = now + RENEWED_S;
    }
    return token;
  };
}
