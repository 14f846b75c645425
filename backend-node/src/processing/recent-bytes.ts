/** Bytes that were asked for lately, within a budget of memory. */
export class RecentBytes {
  readonly #most_bytes: number;
  readonly #kept = new Map<string, Buffer>();
  #bytes = 0;

  constructor(most_bytes: number) {
    this.#most_bytes = most_bytes;
  }

  get(key: string): Buffer | undefined {
    const found = this.#kept.get(key);
    if (found) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found;
  }

  /** One that takes more than a hundredth of the budget is not kept: it would push out too many others. */
  add(key: string, bytes: Buffer): void {
    if (bytes.length > this.#most_bytes / 100 || this.#kept.has(key)) return;
    this.#kept.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, gone] of this.#kept) {
      if (this.#bytes <= this.#most_bytes) return;
      this.#kept.delete(oldest);
      this.#bytes -= gone.length;
    }
  }
}
