import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { onceKey } from '../../../lib/api/once-key.ts';
import { base64Of } from '../../../lib/base64.ts';
import { countIn, type BatchPictures } from '../../../lib/data/batch-pictures.ts';
import { createBatch, useRememberBatch } from '../../../lib/data/batches.ts';
import { tellProblem, toast } from '../../../ui/toast.ts';
import { words } from '../words.ts';
import { wishOf, type Chosen } from './wish.ts';

/** Begins a batch, and tells the way to it. onDone: it is queued. */
export function useBegin(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const remember = useRememberBatch();
  const navigate = useNavigate();
  // Where no answer came, the same wish once more is the same batch.
  const sent = useRef({ text: '', key: '' });
  const begin = async (pictures: BatchPictures, chosen: Chosen): Promise<void> => {
    if (!chosen.wish) return;
    const table = chosen.table ? await base64Of(chosen.table) : '';
    const wish = wishOf(pictures, chosen.wish, chosen, table);
    const text = JSON.stringify(wish);
    if (text !== sent.current.text) sent.current = { text, key: onceKey() };
    const batch = await createBatch(wish, sent.current.key);
    remember(batch);
    onDone();
    toast({
      message: words.fresh.begun(countIn(pictures)),
      undoLabel: words.fresh.see,
      undo: () => navigate(`/batches/${batch.id}`),
    });
  };
  return {
    busy,
    begin: (pictures: BatchPictures, chosen: Chosen) => {
      setBusy(true);
      void begin(pictures, chosen)
        .catch(tellProblem)
        .finally(() => setBusy(false));
    },
  };
}
