import { Button, Modal, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { Album } from '../../lib/data/albums.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LinkRow } from './link-row.tsx';
import { isOnlyHere } from './only-here.ts';
import { useCreateShare, useShares } from './queries.ts';
import classes from './shares.module.css';
import { words } from './words.ts';

/** Links to the album: making one, and those there are. */
export default function ShareDialog({ album, onClose }: { album: Album; onClose: () => void }) {
  const shares = useShares(album.id);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={words.title(album.name)}
      classNames={{ title: classes.dialogTitle ?? '' }}
    >
      <Stack gap="lg">
        <Text>{words.text}</Text>
        {isOnlyHere(location.hostname) && (
          <Text size="sm" c="dimmed">
            {words.onlyHere}
          </Text>
        )}
        <NewLink album={album.id} />
        <section aria-label={words.links}>
          <Title order={3} size="h4" mb="sm">
            {words.links}
          </Title>
          {shares.isError && !shares.data && (
            <ProblemNotice error={shares.error} onRetry={() => void shares.refetch()} />
          )}
          {shares.data?.length === 0 && (
            <Text c="dimmed" size="sm">
              {words.none}
            </Text>
          )}
          <ul className={classes.links} aria-live="polite">
            {shares.data?.map((share) => (
              <LinkRow key={share.id} share={share} />
            ))}
          </ul>
        </section>
      </Stack>
    </Modal>
  );
}

const SPANS_DAYS = [1, 7, 30, 90, 365] as const;
const USUAL_DAYS = 30;

function NewLink({ album }: { album: string }) {
  const [days, setDays] = useState(String(USUAL_DAYS));
  const [originals, setOriginals] = useState(false);
  const create = useCreateShare(album);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({ expires_in_days: Number(days), variant: originals ? 'original' : 'version' });
  };
  return (
    <form onSubmit={submit} className={classes.form}>
      <Select
        label={words.days}
        data={SPANS_DAYS.map((span) => ({ value: String(span), label: words.spans(span) }))}
        value={days}
        allowDeselect={false}
        onChange={(value) => setDays(value ?? String(USUAL_DAYS))}
      />
      <Switch
        label={words.originals}
        description={words.originalsHint}
        checked={originals}
        onChange={({ currentTarget: { checked } }) => setOriginals(checked)}
      />
      <Button type="submit" loading={create.isPending} h={40}>
        {words.create}
      </Button>
    </form>
  );
}
