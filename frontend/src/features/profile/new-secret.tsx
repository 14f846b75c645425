import { Modal } from '@mantine/core';
import { useState, type ComponentType } from 'react';

interface NewSecretProps {
  readonly title: string;
  readonly shownTitle: string;
  readonly Form: ComponentType<{ onMade: (secret: string) => void }>;
  readonly Shown: ComponentType<{ secret: string; onDone: () => void }>;
  readonly onClose: () => void;
}

/** Asks what it is for, then shows the secret once: a click beside it does not lose it. */
export function NewSecret({ title, shownTitle, Form, Shown, onClose }: NewSecretProps) {
  const [secret, setSecret] = useState('');
  const shown = secret !== '';
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={shown ? shownTitle : title}
      closeOnClickOutside={!shown}
      closeOnEscape={!shown}
      withCloseButton={!shown}
    >
      {shown ? <Shown secret={secret} onDone={onClose} /> : <Form onMade={setSecret} />}
    </Modal>
  );
}
