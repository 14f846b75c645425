/** The latest things that were used, up to a number of them: what goes is thrown away properly. */
export class Shelf<T> {
  readonly #things = new Map<string, T>();
  readonly #most: number;
  readonly #throwAway: (thing: T) => void;
  #held = '';

  constructor(most: number, throwAway: (thing: T) => void) {
    this.#most = most;
    this.#throwAway = throwAway;
  }

  get(key: string): T | undefined {
    const thing = this.#things.get(key);
    if (thing === undefined) return undefined;
    this.#things.delete(key);
    this.#things.set(key, thing);
    return thing;
  }

  /** In the place of what has this key. */
  put(key: string, thing: T): void {
    const before = this.#things.get(key);
    this.#things.delete(key);
    this.#things.set(key, thing);
    if (before !== undefined && before !== thing) this.#throwAway(before);
    this.#makeRoom();
  }

  /** What is not to be kept at all. */
  refuse(thing: T): void {
    this.#throwAway(thing);
  }

  /** This one stays while it is held. One at a time. */
  hold(key: string): void {
    this.#held = key;
  }

  clear(): void {
    for (const thing of this.#things.values()) this.#throwAway(thing);
    this.#things.clear();
  }

  #makeRoom(): void {
    for (const [key, thing] of this.#things) {
      if (this.#things.size <= this.#most) return;
      if (key === this.#held) continue;
      this.#things.delete(key);
      this.#throwAway(thing);
    }
  }
}
