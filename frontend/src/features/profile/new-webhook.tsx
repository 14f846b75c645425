import { NewSecret } from './new-secret.tsx';
import { NewWebhookForm } from './new-webhook-form.tsx';
import { ShownSecret } from './shown-secret.tsx';
import { words } from './words.ts';

/** Asks for the address, then shows the secret of it. */
export default function NewWebhook({ onClose }: { onClose: () => void }) {
  const titles = { title: words.newWebhook.title, shownTitle: words.shownSecret.title };
  return <NewSecret {...titles} Form={NewWebhookForm} Shown={ShownSecret} onClose={onClose} />;
}
