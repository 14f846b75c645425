import { NewKeyForm } from './new-key-form.tsx';
import { NewSecret } from './new-secret.tsx';
import { ShownKey } from './shown-key.tsx';
import { words } from './words.ts';

/** Asks what the key may do, then shows it. */
export default function NewKey({ onClose }: { onClose: () => void }) {
  const titles = { title: words.newKey.title, shownTitle: words.shownKey.title };
  return <NewSecret {...titles} Form={NewKeyForm} Shown={ShownKey} onClose={onClose} />;
}
