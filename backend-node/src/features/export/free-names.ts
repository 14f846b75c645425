/** Names within an archive: safe on every system, each once. */
import { downloadName, stemOf } from '../../http/file-names.ts';

export class FreeNames {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  /** pictures/mug.jpg, then pictures/mug-2.jpg. Stems differ, whatever their case and extension, so that masks can have them too. */
  picture(name: string, mime: string): string {
    const wished = downloadName(name, mime);
    const dot = wished.lastIndexOf('.');
    return `pictures/${this.#free(wished.slice(0, dot))}${wished.slice(dot)}`;
  }

  maskOf(picture: string): string {
    return `masks/${stemOf(picture)}.png`;
  }

  #free(stem: string): string {
    const key = stem.toLowerCase();
    for (let number = this.#next.get(key) ?? 1; ; number += 1) {
      const own = number === 1 ? stem : `${stem}-${number}`;
      if (this.#taken.has(own.toLowerCase())) continue;
      this.#taken.add(own.toLowerCase());
      this.#next.set(key, number + 1);
      return own;
    }
  }
}
