/** A value that lives outside React and that components can follow. */
import { useSyncExternalStore } from 'react';

export class External<T> {
  #value: T;
  readonly #followers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const follower of this.#followers) follower();
  }

  readonly follow = (follower: () => void): (() => void) => {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  };
}

export const useExternal = <T>(external: Pick<External<T>, 'get' | 'follow'>): T =>
  useSyncExternalStore(external.follow, external.get);
