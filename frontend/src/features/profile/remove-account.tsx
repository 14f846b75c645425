import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { call } from '../../lib/api/call.ts';
import { session, useAccount } from '../../lib/api/session.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { formProblems, problemAt, type Told } from '../../ui/form-problem.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { textOf } from '../../ui/text-of.ts';
import { toast } from '../../ui/toast.ts';
import { words } from './words.ts';

const TOLD: Told = {
  wrong_credentials: { at: 'password', message: words.remove.wrong },
  invalid_transition: { message: words.remove.lastAdmin },
  too_many_requests: { message: words.password.wait },
};

/** There is no undo: the address and the password have to be typed. */
export default function RemoveAccount({ onClose }: { onClose: () => void }) {
  const { email } = useAccount();
  const [typed, setTyped] = useState('');
  const { remove, pending, problems } = useRemoval();
  const matches = typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <Modal opened onClose={onClose} title={words.remove.title}>
      <form method="post" onSubmit={remove}>
        <Stack gap="md">
          <Text>{words.remove.text}</Text>
          <TextInput
            data-autofocus
            autoComplete="off"
            label={words.remove.confirm(email)}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <PasswordField
            name="password"
            label={words.remove.password}
            autoComplete="current-password"
            error={problemAt(problems, 'password')}
          />
          <FormNote message={problemAt(problems, '')} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {words.remove.keep}
            </Button>
            <Button type="submit" color="red" disabled={!matches} loading={pending}>
              {words.remove.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function useRemoval() {
  const removing = useMutation({
    mutationFn: (password: string) => call('delete /me', { body: { password } }),
    onSuccess: () => {
      session.end();
      toast({ message: words.remove.gone });
    },
  });
  const remove = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    removing.mutate(textOf(new FormData(event.currentTarget), 'password'));
  };
  return { remove, pending: removing.isPending, problems: formProblems(removing.error, TOLD) };
}
