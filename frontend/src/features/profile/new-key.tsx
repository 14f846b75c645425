import { Modal } from '@mantine/core';
import { useState } from 'react';
import { NewKeyForm } from './new-key-form.tsx';
import { ShownKey } from './shown-key.tsx';
import { words } from './words.ts';

/** Asks what the key may do, then shows it once: a click beside it does not lose it. */
export default function NewKey({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState('');
  const shown = secret !== '';
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={shown ? words.shownKey.title : words.newKey.title}
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
      withCloseButton={!shown}
    >
      {shown ? <ShownKey secret={secret} onDone={onClose} /> : <NewKeyForm onMade={setSecret} />}
    </Modal>
  );
}
