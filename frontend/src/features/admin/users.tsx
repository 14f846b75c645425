import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { IconCircleCheck, IconCircleOff } from '@tabler/icons-react';
import type { Role } from '../../../../backend-node/src/contract/route.ts';
import type { User } from '../../../../backend-node/src/contract/users.ts';
import { useAccount } from '../../lib/api/session.ts';
import { formatDay } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAccountChange, useAccounts } from './accounts.ts';
import classes from './admin.module.css';
import { Sheet } from './sheet.tsx';
import { Status } from './status.tsx';
import { words } from './words.ts';

const ROLES = Object.entries(words.users.roles).map(([value, label]) => ({ value: value as Role, label }));

export function Users() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useAccounts();
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} />;
  return (
    <>
      <Sheet label={words.parts.users} columns={Object.values(words.users.columns)}>
        {data.pages
          .flatMap(({ items }) => items)
          .map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
      </Sheet>
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
      <p className={classes.hint}>{words.users.hint}</p>
    </>
  );
}

function UserRow({ user }: { user: User }) {
  const { id, name, email, role, state, created_at } = user;
  const changing = useAccountChange(user);
  const me = useAccount().id === id;
  const isOn = state === 'active';
  return (
    <tr>
      <td>
        <Status
          icon={isOn ? IconCircleCheck : IconCircleOff}
          tone={isOn ? 'good' : 'warn'}
          word={words.users.states[state]}
        />
      </td>
      <td>
        {name} {me && <span className={classes.small}>({words.users.you})</span>}
      </td>
      <td>{email}</td>
      <td>
        <NativeSelect
          aria-label={words.users.roleOf(name)}
          data={ROLES}
          value={role}
          disabled={changing.isPending}
          onChange={(event) => changing.mutate({ role: event.currentTarget.value as Role })}
        />
      </td>
      <td data-label={words.users.columns.since}>{formatDay(created_at)}</td>
      <td>
        <Button
          variant="default"
          loading={changing.isPending}
          aria-label={isOn ? words.users.offOf(name) : words.users.onOf(name)}
          onClick={() => changing.mutate({ state: isOn ? 'disabled' : 'active' })}
        >
          {isOn ? words.users.off : words.users.on}
        </Button>
      </td>
    </tr>
  );
}
