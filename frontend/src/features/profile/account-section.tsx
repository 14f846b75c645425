import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { call } from '../../lib/api/call.ts';
import { session, useAccount } from '../../lib/api/session.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { formProblems, problemAt } from '../../ui/form-problem.ts';
import { toast } from '../../ui/toast.ts';
import { Section } from './section.tsx';
import { words } from './words.ts';

export function AccountSection() {
  const account = useAccount();
  const [name, setName] = useState(account.name);
  const renaming = useMutation({
    mutationFn: () => call('patch /me', { body: { name } }),
    onSuccess: (user) => {
      session.know(user);
      toast({ message: words.saved });
    },
  });
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    renaming.mutate();
  };
  const problems = formProblems(renaming.error);
  return (
    <Section id="account" title={words.account.title}>
      <form onSubmit={save}>
        <Stack gap="md">
          <Group align="end" gap="sm" wrap="nowrap">
            <TextInput
              flex={1}
              name="name"
              label={words.account.name}
              autoComplete="name"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={problemAt(problems, 'name')}
            />
            <Button
              type="submit"
              variant="default"
              loading={renaming.isPending}
              disabled={name.trim() === '' || name.trim() === account.name}
            >
              {words.save}
            </Button>
          </Group>
          <TextInput
            readOnly
            label={words.account.email}
            description={words.account.hint}
            autoComplete="username"
            value={account.email}
          />
          <FormNote message={problemAt(problems, '')} />
        </Stack>
      </form>
    </Section>
  );
}
