import { Button, Stack, TextInput } from '@mantine/core';
import { call } from '../../lib/api/call.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { problemAt, type Told } from '../../ui/form-problem.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { complaintsOf } from './complaints.ts';
import { useAccountForm } from './use-account-form.ts';
import { words } from './words.ts';

const TOLD: Told = {
  email_taken: { at: 'email', message: words.problems.emailTaken },
  // Without a field of its own it is the password that was refused: it is a common one.
  invalid_request: { at: 'password', message: words.problems.common },
  forbidden: { message: words.problems.closed },
  too_busy: { message: words.problems.busy },
};

export function SignUpForm() {
  const { submit, problems, busy, waits } = useAccountForm({
    send: ({ name = '', email = '', password = '' }) =>
      call('post /auth/register', { body: { name, email, password } }),
    look: ({ name = '', email = '', password = '' }) => complaintsOf({ name, email, password }, true),
    told: TOLD,
  });
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          name="name"
          label={words.name}
          autoComplete="name"
          maxLength={100}
          required
          withAsterisk={false}
          error={problemAt(problems, 'name')}
        />
        <TextInput
          name="email"
          type="email"
          label={words.email}
          autoComplete="username"
          required
          withAsterisk={false}
          error={problemAt(problems, 'email')}
        />
        <PasswordField
          name="password"
          label={words.password}
          description={words.passwordRule}
          autoComplete="new-password"
          maxLength={200}
          error={problemAt(problems, 'password')}
        />
        <FormNote message={problemAt(problems, '')} />
        <Button type="submit" loading={busy} disabled={waits}>
          {words.signUp.action}
        </Button>
      </Stack>
    </form>
  );
}
