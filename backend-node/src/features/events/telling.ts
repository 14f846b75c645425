/** Entries of the journal as one listener hears them: in order, progress held back and merged. */
import type { JournalRow } from '../../store/rows.ts';
import { textOfPlace, type Place } from './place.ts';
import { isProgress, Progress } from './progress.ts';
import { eventOf } from './service.ts';
import type { Stream } from './stream.ts';

export class Telling {
  readonly #stream: Stream;
  readonly #progress = new Progress();
  #read: number;
  #most: number;

  constructor(stream: Stream, { all, most }: Place) {
    this.#stream = stream;
    this.#read = all;
    this.#most = most;
  }

  /** The last entry that was looked at. */
  get read(): number {
    return this.#read;
  }

  get place(): Place {
    const all = Math.min(this.#read, this.#progress.oldest - 1);
    return { all, most: Math.max(this.#most, this.#read) };
  }

  async hear(row: JournalRow): Promise<void> {
    const told = row.seq <= this.#most;
    this.#read = row.seq;
    if (isProgress(row)) {
      this.#progress.hold(row);
      return;
    }
    this.#progress.overtake(row);
    if (!told) await this.#tell(row);
  }

  /** The progress whose turn it is. */
  async flush(): Promise<void> {
    const row = this.#progress.take(performance.now());
    if (row) await this.#tell(row);
  }

  /** Milliseconds until there is something to flush. */
  wait(): number {
    return this.#progress.wait(performance.now());
  }

  #tell(row: JournalRow): Promise<void> {
    return this.#stream.send({ id: textOfPlace(this.place), name: row.action, data: eventOf(row) });
  }
}
