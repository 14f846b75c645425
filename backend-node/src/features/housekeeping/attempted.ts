import { WriteConflict, type Change, type Store } from '../../store/store.ts';

/** False where somebody was faster: then there is nothing to do, or the next round sees what is there now. */
export async function attempted(store: Pick<Store, 'write'>, changes: readonly Change[]): Promise<boolean> {
  try {
    await store.write(changes);
    return true;
  } catch (error) {
    if (error instanceof WriteConflict) return false;
    throw error;
  }
}
