import { Text } from '@mantine/core';
import { Navigate, useSearchParams } from 'react-router';
import { useSession } from '../../lib/api/session.ts';
import { useDoors } from '../../lib/data/doors.ts';
import { ownPath } from '../../lib/own-path.ts';
import { Door, OtherDoor } from './door.tsx';
import { SignUpForm } from './sign-up-form.tsx';
import { words } from './words.ts';

export function SignUp() {
  const [asked] = useSearchParams();
  const { status } = useSession();
  const { isOpen, isFirst, isKnown } = useDoors();
  const to = ownPath(asked.get('to'), location.origin);
  const search = to === '/' ? '' : `?to=${encodeURIComponent(to)}`;
  if (status === 'in') return <Navigate to={to} replace />;
  const { title, text } = isFirst ? words.first : words.signUp;
  const isClosed = isKnown && !isOpen;
  return (
    <Door
      title={title}
      text={isClosed ? undefined : text}
      foot={
        isFirst ? null : (
          <OtherDoor question={words.signUp.other} action={words.signUp.toOther} to={`/sign-in${search}`} />
        )
      }
    >
      {isClosed ? <Text>{words.signUp.closed}</Text> : <SignUpForm />}
    </Door>
  );
}
