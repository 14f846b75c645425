import { Text } from '@mantine/core';
import { Navigate, useSearchParams } from 'react-router';
import { useSession } from '../../lib/api/session.ts';
import { useDoors } from '../../lib/data/doors.ts';
import { ownPath } from '../../lib/own-path.ts';
import { Door, OtherDoor } from './door.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { words } from './words.ts';

export function SignIn() {
  const [asked] = useSearchParams();
  const { status } = useSession();
  const { isOpen, isFirst } = useDoors();
  const to = ownPath(asked.get('to'), location.origin);
  const search = to === '/' ? '' : `?to=${encodeURIComponent(to)}`;
  if (status === 'in') return <Navigate to={to} replace />;
  if (isFirst) return <Navigate to={`/sign-up${search}`} replace />;
  return (
    <Door
      title={words.signIn.title}
      text={to === '/' ? undefined : words.signIn.goOn}
      foot={
        isOpen ? (
          <OtherDoor question={words.signIn.other} action={words.signIn.toOther} to={`/sign-up${search}`} />
        ) : null
      }
    >
      <SignInForm />
      <Forgotten />
    </Door>
  );
}

/** There is no mail here that could be sent. */
function Forgotten() {
  return (
    <Text size="sm" c="dimmed" mt="md">
      {words.signIn.forgotten}
    </Text>
  );
}
