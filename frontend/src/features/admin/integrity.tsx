import { Button, Skeleton, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call, type AnswerOf } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { formatBytes, formatNumber } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './admin.module.css';
import { FigureTable, type Figure } from './figure-table.tsx';
import { Status } from './status.tsx';
import { words } from './words.ts';

const said = words.integrity;

/** Whether what is stored is still what was stored. */
export function Integrity() {
  return (
    <>
      <Stored />
      <LogCheck />
      <section className={classes.part}>
        <Title order={2} size="h3" mb="xs">
          {said.files}
        </Title>
        <Text>{said.filesText}</Text>
        <p className={classes.code}>{said.filesCommand}</p>
        <Text size="sm" c="dimmed">
          {said.filesMore}
        </Text>
      </section>
    </>
  );
}

function Stored() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.storage(),
    queryFn: ({ signal }) => call('get /storage', { signal }),
  });
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={160} mb="xl" />;
  return (
    <section className={classes.part} aria-labelledby="stored">
      <Title order={2} size="h3" id="stored">
        {words.storage.title}
      </Title>
      <FigureTable figures={storedFigures(data)} />
    </section>
  );
}

function storedFigures({ users, images, versions, database, disk }: AnswerOf<'get /storage'>): readonly Figure[] {
  const { elsewhere, freeOf } = words.storage;
  return [
    [words.storage.images, formatNumber(images)],
    [words.storage.versions, formatNumber(versions)],
    [words.storage.users, formatNumber(users)],
    [words.storage.database, words.storage.databases[database]],
    [words.storage.free, disk ? freeOf(formatBytes(disk.free_bytes), formatBytes(disk.total_bytes)) : elsewhere],
  ];
}

function LogCheck() {
  const checking = useMutation({ mutationFn: () => call('get /audit/verify') });
  return (
    <section className={classes.part}>
      <Title order={2} size="h3" mb="xs">
        {said.log}
      </Title>
      <Text>{said.logText}</Text>
      <Button my="md" variant="default" loading={checking.isPending} onClick={() => checking.mutate()}>
        {said.check}
      </Button>
      <div role="status">{checking.data && <Verdict {...checking.data} />}</div>
      {checking.error && <ProblemNotice error={checking.error} />}
    </section>
  );
}

function Verdict({ entries, head, broken_at }: AnswerOf<'get /audit/verify'>) {
  if (broken_at !== null) return <Text c="var(--red)">{said.broken(broken_at)}</Text>;
  return (
    <>
      <Status icon={IconCircleCheck} tone="good" word={said.holds(entries)} />
      <Text size="sm" c="dimmed" mt="md">
        {said.head}
      </Text>
      <p className={classes.code}>{head}</p>
      <Text size="sm" c="dimmed">
        {said.headText}
      </Text>
    </>
  );
}
