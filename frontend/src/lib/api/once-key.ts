const BYTES = 16;

/** An Idempotency-Key: what is sent twice by it is done once. Pages that did not come over https have no randomUUID. */
export const onceKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('');
