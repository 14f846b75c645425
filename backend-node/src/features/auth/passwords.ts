/** argon2id with the parameters OWASP recommends, kept as a PHC string so that they can be raised later. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Places } from '../../processing/places.ts';

const derive = promisify(argon2);

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,128})\$([A-Za-z0-9+/]{16,128})$/;

/** Each hash takes 19 MiB and a core for a moment: a flood of sign-ins waits in a short line, and is then sent away. */
const PLACES = new Places(2, 10_000, 40);

/** The same letters typed on another keyboard are the same password. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

/** Throws too_busy where too many wait already. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return phc(COST, salt, await hash(password, salt, COST, HASH_BYTES));
}

/** Throws too_busy where too many wait already. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const known = parsed(stored);
  const given = await hash(password, known.salt, known.cost, known.hash.length);
  return timingSafeEqual(given, known.hash);
}

/** Takes as long as isPassword, for an account that is not there. */
export async function isNobodysPassword(password: string): Promise<false> {
  await hash(password, Buffer.alloc(SALT_BYTES), COST, HASH_BYTES);
  return false;
}

export const isOutdated = (stored: string): boolean => !stored.startsWith(prefix(COST));

async function hash(password: string, salt: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  const leave = await PLACES.take();
  try {
    const message = Buffer.from(normalPassword(password));
    return await derive('argon2id', { ...cost, message, nonce: salt, tagLength });
  } finally {
    leave();
  }
}

const prefix = ({ memory, passes, parallelism }: Cost): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`;

const phc = (cost: Cost, salt: Buffer, made: Buffer): string => `${prefix(cost)}${base64(salt)}$${base64(made)}`;

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

function parsed(stored: string): { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer } {
  const [, memory, passes, parallelism, salt, made] = PHC.exec(stored) ?? [];
  if (salt === undefined || made === undefined) throw new Error('a stored password is not an argon2id PHC string');
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(made, 'base64'),
  };
}
