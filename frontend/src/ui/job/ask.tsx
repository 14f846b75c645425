import type { ComponentProps } from 'react';
import { Confirm } from '../confirm.tsx';
import type { JobDeeds } from './use-told.ts';

/** What is said when somebody is asked. */
type Asked = Pick<ComponentProps<typeof Confirm>, 'title' | 'text' | 'action' | 'cancel'>;

interface AskProps {
  /** What somebody is about to do. */
  readonly asking: 'cancel' | 'remove';
  readonly words: { readonly cancelAsk: Asked; readonly removeAsk: Asked };
  readonly deeds: JobDeeds;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** Asks before a batch or an import is ended, or taken off its list. */
export function Ask({ asking, words, deeds, onRemoved, onClose }: AskProps) {
  const cancel = async (): Promise<void> => {
    await deeds.cancel();
    onClose();
  };
  const remove = async (): Promise<void> => {
    if (await deeds.remove()) onRemoved();
    else onClose();
  };
  const [asked, deed] = asking === 'cancel' ? [words.cancelAsk, cancel] : [words.removeAsk, remove];
  return <Confirm {...asked} busy={deeds.busy} onConfirm={() => void deed()} onClose={onClose} />;
}
