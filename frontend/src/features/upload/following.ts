/** The batch that follows an upload: made once all is there, and shown to whoever still looks. */
import { External } from '../../lib/api/external.ts';
import type { Batch } from '../../lib/data/batches.ts';
import { toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export type Go = (to: string) => void;

export interface Followed {
  readonly state: 'none' | 'making' | 'made' | 'failed';
  /** Of the batch; '' where there is none. */
  readonly id: string;
  readonly pictures: number;
  /** Why it could not be made. */
  readonly problem: string;
}

const NONE: Followed = { state: 'none', id: '', pictures: 0, problem: '' };

export class Following extends External<Followed> {
  readonly #go: Go;
  #watched = 0;

  constructor(go: Go) {
    super(NONE);
    this.#go = go;
  }

  /** Somebody looks at the upload. */
  readonly watch = (): (() => void) => {
    this.#watched += 1;
    return () => void (this.#watched -= 1);
  };

  /** Whether it was made. What is wrong is kept as a state; it never rejects. stays: there is something to see here. */
  async make(pictures: number, make: () => Promise<Batch>, stays = false): Promise<boolean> {
    this.set({ ...NONE, state: 'making', pictures });
    try {
      const { id } = await make();
      this.made(id, pictures, stays);
      return true;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.set({ ...NONE, state: 'failed', pictures, problem });
      return false;
    }
  }

  /**
   * Takes whoever looks to the batch, unless there is something to see here; who went elsewhere is told.
   * pictures: 0 where their number is not known yet.
   */
  made(id: string, pictures: number, stays = false): void {
    this.set({ ...NONE, state: 'made', id, pictures });
    const show = () => this.#go(`/batches/${id}`);
    if (this.#watched > 0) {
      if (!stays) show();
    } else toast({ message: words.batch.queued(pictures), undo: show, undoLabel: words.batch.show });
  }
}
