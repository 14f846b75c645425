import { Modal } from '@mantine/core';
import { useState } from 'react';
import { NewWebhookForm } from './new-webhook-form.tsx';
import { ShownSecret } from './shown-secret.tsx';
import { words } from './words.ts';

/** Asks for the address, then shows the secret once: a click beside it does not lose it. */
export default function NewWebhook({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState('');
  const shown = secret !== '';
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={shown ? words.shownSecret.title : words.newWebhook.title}
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
      withCloseButton={!shown}
    >
      {shown ? <ShownSecret secret={secret} onDone={onClose} /> : <NewWebhookForm onMade={setSecret} />}
    </Modal>
  );
}
