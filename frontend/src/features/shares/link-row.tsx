import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconExternalLink, IconLinkOff } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay, formatTime } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useRevokeShare, type Share } from './queries.ts';
import classes from './shares.module.css';
import { words } from './words.ts';

/** One link: its address while it works, what became of it after. */
export function LinkRow({ share }: { share: Share }) {
  if (share.state !== 'active') {
    return (
      <li className={classes.ended}>
        <IconLinkOff size={18} stroke={1.6} aria-hidden />
        {share.state === 'expired' ? words.expired(formatDay(share.expires_at)) : words.revoked}
      </li>
    );
  }
  return <WorkingLink share={share} />;
}

function WorkingLink({ share: { id, album, url, expires_at, variant } }: { share: Share }) {
  const [ending, setEnding] = useState(false);
  const revoke = useRevokeShare(album);
  const address = location.origin + url;
  const told = [words.until(formatTime(expires_at)), ...(variant === 'original' ? [words.withOriginals] : [])];
  return (
    <li className={classes.link}>
      <Address address={address} />
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {told.join(', ')}
        </Text>
        <Button
          variant="subtle"
          color="red"
          size="compact-md"
          onClick={() => setEnding(!ending)}
          aria-expanded={ending}
        >
          {words.end}
        </Button>
      </Group>
      {ending && (
        <div className={classes.ending} role="alert">
          <Text size="sm">{words.endText}</Text>
          <Group gap="sm" justify="flex-end">
            <Button variant="default" size="compact-md" onClick={() => setEnding(false)}>
              {words.keep}
            </Button>
            <Button color="red" size="compact-md" loading={revoke.isPending} onClick={() => revoke.mutate(id)}>
              {words.endNow}
            </Button>
          </Group>
        </div>
      )}
    </li>
  );
}

function Address({ address }: { address: string }) {
  return (
    <div className={classes.address}>
      <TextInput
        aria-label={words.link}
        readOnly
        value={address}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <CopyButton text={address} />
      <Button
        variant="default"
        component="a"
        href={address}
        target="_blank"
        rel="noopener"
        leftSection={<IconExternalLink size={18} stroke={1.6} />}
      >
        {words.open}
      </Button>
    </div>
  );
}
