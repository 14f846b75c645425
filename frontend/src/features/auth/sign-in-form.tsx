import { Button, Stack, TextInput } from '@mantine/core';
import { call } from '../../lib/api/call.ts';
import { FormNote } from '../../ui/form-note.tsx';
import { problemAt, type Told } from '../../ui/form-problem.ts';
import { PasswordField } from '../../ui/password-field.tsx';
import { complaintsOf } from './complaints.ts';
import { useAccountForm } from './use-account-form.ts';
import { words } from './words.ts';

const TOLD: Told = {
  wrong_credentials: { at: 'password', message: words.problems.wrongCredentials },
  forbidden: { message: words.problems.disabled },
  too_busy: { message: words.problems.busy },
};

export function SignInForm() {
  const { submit, problems, busy, waits } = useAccountForm({
    send: ({ email = '', password = '' }) => call('post /auth/login', { body: { email, password } }),
    look: ({ email = '', password = '' }) => complaintsOf({ email, password }, false),
    told: TOLD,
  });
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Stack gap="md">
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
          autoComplete="current-password"
          error={problemAt(problems, 'password')}
        />
        <FormNote message={problemAt(problems, '')} />
        <Button type="submit" loading={busy} disabled={waits}>
          {words.signIn.action}
        </Button>
      </Stack>
    </form>
  );
}
