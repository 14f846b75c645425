import { Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { call, type BodyOf } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { useAccount } from '../../lib/api/session.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { formProblems, problemAt, type Told } from '../../ui/form-problem.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { textOf } from '../../ui/text-of.ts';
import { toast } from '../../ui/toast.ts';
import { Section } from './section.tsx';
import { words } from './words.ts';

const TOLD: Told = {
  wrong_credentials: { at: 'current', message: words.password.wrong },
  invalid_request: { at: 'new', message: words.password.common },
  too_many_requests: { message: words.password.wait },
};

export function PasswordSection() {
  const { email } = useAccount();
  const { change, pending, problems } = useChange();
  return (
    <Section id="password" title={words.password.title} text={words.password.text}>
      <form method="post" onSubmit={change}>
        <Stack gap="md">
          {/* Tells password managers whose password it is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            name="current"
            label={words.password.current}
            autoComplete="current-password"
            error={problemAt(problems, 'current')}
          />
          <PasswordField
            name="new"
            label={words.password.next}
            description={words.password.rule}
            autoComplete="new-password"
            minLength={10}
            maxLength={200}
            error={problemAt(problems, 'new')}
          />
          <FormNote message={problemAt(problems, '')} />
          <Button type="submit" variant="default" loading={pending} style={{ alignSelf: 'start' }}>
            {words.password.action}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

function useChange() {
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: (body: BodyOf<'post /auth/password'>) => call('post /auth/password', { body }),
    onSuccess: () => {
      toast({ message: words.password.done });
      void client.invalidateQueries({ queryKey: keys.sessions() });
    },
  });
  const change = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const body = { current: textOf(values, 'current'), new: textOf(values, 'new') };
    changing.mutate(body, { onSuccess: () => form.reset() });
  };
  return { change, pending: changing.isPending, problems: formProblems(changing.error, TOLD) };
}
