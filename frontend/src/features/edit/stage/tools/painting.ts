/** A mask being painted: strokes that can be undone one by one. */
import { External } from '../../../../lib/api/external.ts';
import type { Box, Point } from '../view.ts';
import { cut, joined, paintLine, paste, wholeOf, type Brush, type Mask } from './mask.ts';

const MOST_BYTES = 120_000_000;

interface Patch {
  readonly part: Box;
  readonly bytes: Uint8Array;
}

export interface Painted {
  readonly undoable: number;
  readonly redoable: number;
  /** Something differs from how it began. */
  readonly changed: boolean;
}

export class Painting extends External<Painted> {
  readonly mask: Mask;
  readonly #undo: Patch[] = [];
  readonly #redo: Patch[] = [];
  #before: Uint8Array | undefined;
  #part: Box | undefined;
  /** Strokes that were forgotten: they cannot be undone any more. */
  #forgotten = 0;
  readonly #drawers = new Set<(part: Box) => void>();

  constructor(mask: Mask) {
    super({ undoable: 0, redoable: 0, changed: false });
    this.mask = mask;
  }

  /** Hears of parts that changed other than by a line. */
  followParts(drawer: (part: Box) => void): () => void {
    this.#drawers.add(drawer);
    return () => this.#drawers.delete(drawer);
  }

  begin(): void {
    this.#before = this.mask.data.slice();
    this.#part = undefined;
  }

  /** Part that changed. */
  line(from: Point, to: Point, brush: Brush): Box | undefined {
    const part = paintLine(this.mask, from, to, brush);
    this.#part = joined(this.#part, part);
    return part;
  }

  /** The stroke is done: it is one thing to undo. */
  end(): void {
    const [before, part] = [this.#before, this.#part];
    this.#before = undefined;
    if (!before || !part) return;
    this.#undo.push({ part, bytes: cut({ ...this.mask, data: before }, part) });
    this.#redo.length = 0;
    this.#forget();
    this.#tell();
  }

  /** The stroke never was. Part that changed back. */
  giveUp(): Box | undefined {
    const [before, part] = [this.#before, this.#part];
    this.#before = undefined;
    if (before) this.mask.data.set(before);
    return part;
  }

  /** The whole mask at once: inverted, emptied, read from a file. */
  replace(data: (before: Uint8Array) => Uint8Array): void {
    this.begin();
    this.mask.data.set(data(this.mask.data));
    this.#part = wholeOf(this.mask);
    this.end();
    for (const drawer of this.#drawers) drawer(wholeOf(this.mask));
  }

  undo(): void {
    this.#swap(this.#undo, this.#redo);
  }

  redo(): void {
    this.#swap(this.#redo, this.#undo);
  }

  #swap(from: Patch[], to: Patch[]): void {
    const patch = from.pop();
    if (!patch) return;
    to.push({ part: patch.part, bytes: cut(this.mask, patch.part) });
    paste(this.mask, patch.part, patch.bytes);
    this.#tell();
    for (const drawer of this.#drawers) drawer(patch.part);
  }

  #forget(): void {
    let bytes = this.#undo.reduce((sum, patch) => sum + patch.bytes.length, 0);
    while (bytes > MOST_BYTES && this.#undo.length > 1) {
      bytes -= this.#undo.shift()?.bytes.length ?? 0;
      this.#forgotten += 1;
    }
  }

  #tell(): void {
    const undoable = this.#undo.length;
    this.set({ undoable, redoable: this.#redo.length, changed: undoable + this.#forgotten > 0 });
  }
}
